/**
 * As `useState`, for what is typed into the form that is open: its panel may leave the screen because somebody on the line may not hear of
 * it, and when it is back the form is as it was. Gone with the form.
 */
import { useCall } from './call-store.ts';

export function useKept<Value>(name: string, initial: () => Value): [Value, (value: Value) => void] {
  const held = useCall((store) => store.kept.get(name)) as { value: Value } | undefined;
  const set = (value: Value): void => { useCall.setState(({ kept }) => ({ kept: new Map(kept).set(name, { value }) })); };
  return [held === undefined ? initial() : held.value, set];
}
