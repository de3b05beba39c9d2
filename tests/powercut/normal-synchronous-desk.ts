/** The product's desk with `synchronous=NORMAL`: see `normal-synchronous.ts`. */
import './normal-synchronous.ts';
import '../../electron/desk/main.ts';
