import type { Language, Translate } from "#platform/i18n.ts";
import { createTranslators } from "#platform/i18n.ts";
import * as platform from "#platform/messages.ts";
import * as access from "./access/messages.ts";
import * as accounts from "./accounts/messages.ts";
import * as admin from "./admin/messages.ts";
import * as appointments from "./appointments/messages.ts";
import * as audit from "./audit/messages.ts";
import * as authoring from "./authoring/messages.ts";
import * as calendar from "./calendar/messages.ts";
import * as cash from "./cash/messages.ts";
import * as companies from "./companies/messages.ts";
import * as content from "./content/messages.ts";
import * as desk from "./desk/messages.ts";
import * as digitising from "./digitising/messages.ts";
import * as documents from "./documents/messages.ts";
import * as dossiers from "./dossiers/messages.ts";
import * as filing from "./filing/messages.ts";
import * as home from "./home/messages.ts";
import * as lists from "./lists/messages.ts";
import * as notifications from "./notifications/messages.ts";
import * as privacy from "./privacy/messages.ts";
import * as fields from "./procedures/fields/messages.ts";
import * as procedures from "./procedures/messages.ts";
import * as queue from "./queue/messages.ts";
import * as ratings from "./ratings/messages.ts";
import * as scanning from "./scanning/messages.ts";
import * as tracking from "./tracking/messages.ts";
import * as workflow from "./workflow/messages.ts";

/** The texts of every room, as one translator a language. */
export const createTexts = (): Record<Language, Translate> =>
  createTranslators({
    platform,
    access,
    accounts,
    admin,
    audit,
    appointments,
    authoring,
    calendar,
    cash,
    companies,
    content,
    desk,
    digitising,
    documents,
    dossiers,
    fields,
    filing,
    home,
    lists,
    notifications,
    privacy,
    procedures,
    queue,
    ratings,
    scanning,
    tracking,
    workflow,
  });
