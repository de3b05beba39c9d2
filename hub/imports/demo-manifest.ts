/**
 * What the demo consists of: `assets/demo/users.json`.
 *
 * Invariant: files are named relative to the folder of the manifest and stay inside it.
 */
import { z } from 'zod';

const fileName = z.string().regex(/^[a-z0-9-]+\.csv$/);

export const demoManifestSchema = z.object({
  /** As the operators say it on the phone. */
  agency: z.string().min(1),
  users: z.array(z.object({
    username: z.string().min(1),
    displayName: z.string().min(1),
    role: z.enum(['admin', 'lead', 'collector']),
    password: z.string().min(8),
  })),
  creditors: z.array(z.object({
    name: z.string().min(1),
    /** Template for `renderDemoFile`. */
    file: fileName,
    /** A later file of the same creditor, to try importing again. */
    newerFile: fileName.nullable(),
    currency: z.string().regex(/^[A-Z]{3}$/),
    tone: z.object({
      /** Days past the due date from which courtesy becomes reminder. */
      reminderFromDaysLate: z.int().positive(),
      /** Days past the due date from which the demo creditor has approved recovery. */
      recoveryFromDaysLate: z.int().positive(),
    }),
  })),
});
export type DemoManifest = z.infer<typeof demoManifestSchema>;
