import { startCashier } from "./cashier.js";
import { startCharts } from "./charts.js";
import { startDialogs } from "./dialogs.js";
import { startDrafts } from "./drafts.js";
import { startInterrupted } from "./interrupted.js";
import { startFocus } from "./focus.js";
import { startForms } from "./forms.js";
import { startKeys } from "./keys.js";
import { startPickers } from "./pickers.js";
import { startPreferences } from "./preferences.js";
import { startReception } from "./reception.js";
import { startShell } from "./shell.js";
import { startSignatures } from "./signature.js";
import { startSupervisor } from "./supervisor.js";
import { startTechnician } from "./technician.js";
import { startToasts } from "./toasts.js";

// Drafts come first: a restored form must be whole before anything else reads it.
for (const start of [
  startDrafts, startForms, startDialogs, startKeys, startFocus, startPreferences,
  startShell, startReception, startSignatures, startTechnician, startSupervisor, startToasts, startPickers, startCharts, startCashier, startInterrupted,
]) start();
