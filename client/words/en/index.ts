import { accounts } from './accounts.ts';
import { api } from './api.ts';
import { atOnce } from './atOnce.ts';
import { audit } from './audit.ts';
import { checks } from './checks.ts';
import { company } from './company.ts';
import { court } from './court.ts';
import { delegation } from './delegation.ts';
import { firstLook } from './firstLook.ts';
import { firstLookMocks } from './firstLookMocks.ts';
import { firstLookScreen } from './firstLookScreen.ts';
import { firstLookStaff } from './firstLookStaff.ts';
import { guest } from './guest.ts';
import { handover } from './handover.ts';
import { inbox } from './inbox.ts';
import { inlineEdit } from './inlineEdit.ts';
import { inputs } from './inputs.ts';
import { invitation } from './invitation.ts';
import { journey } from './journey.ts';
import { journeyMap } from './journeyMap.ts';
import { journeyReality } from './journeyReality.ts';
import { journeyResearch } from './journeyResearch.ts';
import { journeySaying } from './journeySaying.ts';
import { keys } from './keys.ts';
import { milestones } from './milestones.ts';
import { myDay } from './myDay.ts';
import { newIntegration } from './newIntegration.ts';
import { notes } from './notes.ts';
import { overview } from './overview.ts';
import { plan } from './plan.ts';
import { projectEdit } from './projectEdit.ts';
import { reportDone } from './reportDone.ts';
import { settings } from './settings.ts';
import { setUp } from './setUp.ts';
import { signIn } from './signIn.ts';
import { templateChecks } from './templateChecks.ts';
import { templateConditions } from './templateConditions.ts';
import { templates } from './templates.ts';
import { templateTable } from './templateTable.ts';
import { templateUpdate } from './templateUpdate.ts';
import { tokens } from './tokens.ts';
import { unsent } from './unsent.ts';
import { workload } from './workload.ts';

/**
 * The English catalogue, one file per area. A key is `area.word`; `_one` and `_other` are its plural forms. What few
 * people see, or few screens, comes with those (the files of `client/words`), the rest at once.
 */
export const en = {
  ...atOnce,
  palette: { ...atOnce.palette, keys },
  report: { ...atOnce.report, ...reportDone },
  templates,
  templateTable: { ...atOnce.templateTable, ...templateTable },
  templateChecks,
  templateConditions,
  templateUpdate,
  firstLook: { ...firstLook, ...firstLookStaff, ...firstLookScreen },
  firstLookMocks,
  accounts,
  api,
  audit,
  checks,
  company,
  court,
  guest,
  delegation,
  handover,
  inbox,
  inlineEdit,
  inputs,
  invitation,
  journey,
  milestones,
  myDay,
  newIntegration,
  projectEdit,
  notes,
  overview,
  plan,
  setUp,
  settings,
  signIn,
  tokens,
  unsent,
  journeyMap,
  journeyReality,
  journeyResearch,
  journeySaying,
  workload,
};
