import type { SameShape } from "#platform/i18n.ts";
import type { vi } from "./vi.ts";

export const en: SameShape<typeof vi> = {
  notice: {
    submitted: {
      title: "The portal has received your dossier",
      text: "Its reference is {{reference}}. The agency will look at it and tell you whether it is accepted. There is nothing you need to do now.",
    },
    filed_for_you: {
      title: "A dossier was filed in your name",
      text: "Somebody filed a dossier on the portal and declared to do so in your name or for your organisation. Received by: {{agency}}. If you did not ask for this, contact that agency at once so that it stops.",
    },
    accepted: {
      title: "Dossier {{code}} has been accepted",
      text: "The result is due at {{due}}. The receipt is on the dossier's page.",
    },
    accepted_undated: {
      title: "Dossier {{code}} has been accepted",
      text: "The receipt is on the dossier's page.",
    },
    declined: {
      title: "Dossier {{code}} was not accepted",
      text: "The reason is on the dossier's page. Read it, prepare again and file a new dossier.",
    },
    moved: {
      title: "Dossier {{code}} has moved to the next step",
      text: "It is now at: {{step}}. There is nothing you need to do now.",
    },
    supplement: {
      title: "Dossier {{code}} needs additions",
      text: "Open the dossier's page to see what is missing, and send it by the end of {{answerBy}}.",
    },
    supplement_undated: {
      title: "Dossier {{code}} needs additions",
      text: "Open the dossier's page to see what is missing, and send it soon.",
    },
    extended: {
      title: "Dossier {{code}} has a new due date",
      text: "The agency apologises for not finishing in time. The new date is {{due}}. The reason is on the dossier's page.",
    },
    due_moved: {
      title: "The due date of dossier {{code}} has changed",
      text: "The agency's working calendar changed, so the due date was counted anew: {{due}}. The dossier's page says how.",
    },
    stopped: {
      title: "Work on dossier {{code}} was stopped",
      text: "The reason is on the dossier's page. If it is unclear, call the agency at the number given there.",
    },
    refused: {
      title: "Dossier {{code}} is not eligible",
      text: "The reason is on the dossier's page. If it is unclear, call the agency at the number given there.",
    },
    lateness: {
      title: "Why dossier {{code}} is late",
      text: "The agency apologises for being past the due date ({{due}}). The reason is on the dossier's page. The due date stays.",
    },
    sent_back: {
      title: "Dossier {{code}} was sent back to be completed",
      text: "The dossier is not eligible yet. Open its page for the reason and complete it before the end of {{answerBy}}. The time limit begins anew once everything is there.",
    },
    sent_back_undated: {
      title: "Dossier {{code}} was sent back to be completed",
      text: "The dossier is not eligible yet. Open its page for the reason and complete it. The time limit begins anew once everything is there.",
    },
    obligation: {
      title: "Dossier {{code}} waits for your payment",
      text: "Open the dossier's page to see what is owed and how to pay. Please pay before the end of {{answerBy}} and keep the voucher.",
    },
    obligation_undated: {
      title: "Dossier {{code}} waits for your payment",
      text: "Open the dossier's page to see what is owed and how to pay. Keep the voucher.",
    },
    obligation_met: {
      title: "The payment for dossier {{code}} was noted",
      text: "The agency goes on. Result due: {{due}}.",
    },
    draft_shown: {
      title: "Dossier {{code}}: please look at the draft result",
      text: "Open the dossier's page, look at the draft and answer before {{due}}. No answer by then counts as your consent.",
    },
    draft_silent: {
      title: "Dossier {{code}}: the time to look at the draft is over",
      text: "The agency had no answer from you by the told moment, takes it as your consent and goes on.",
    },
    reopened: {
      title: "Dossier {{code}} is being processed again",
      text: "The agency's leader reopened the dossier. The reason is on its page. There is nothing for you to do now.",
    },
    rerouted: {
      title: "Your dossier was passed on to another agency",
      text: "The agency that had your dossier was reorganised; the one that takes its work over goes on. The code and the due date stay. You need not file anything again.",
    },
    voided: {
      title: "Dossier {{code}} was entered by mistake and voided",
      text: "The reason is on its page. The receipt with this code is no longer valid. If you still need the matter settled, file a new dossier.",
    },
    collect: {
      title: "The result of dossier {{code}} waits for you",
      text: "Bring the receipt and an identity paper to the one-stop desk where you handed the dossier in. Somebody else needs a written authorization.",
    },
    corrected: {
      title: "The result of dossier {{code}} was corrected",
      text: "The corrected result takes the place of the former one. The reason and the new result are on the dossier's page. It costs you nothing.",
    },
    paper_replaced: {
      title: "A paper of dossier {{code}} was replaced",
      text: "The former paper is not valid any more. The new one is on the dossier's page: download it and use it from now on.",
    },
    paper_revoked: {
      title: "A paper of dossier {{code}} was revoked",
      text: "That paper is not valid any more and is marked on the dossier's page. If you gave it to somebody, tell them. To learn the reason, ask the agency at the phone number on the dossier's page.",
    },
    completed_online: {
      title: "The result of dossier {{code}} is ready",
      text: "It will be handed over on this portal. You will be told as soon as you can download it.",
    },
    completed_counter: {
      title: "The result of dossier {{code}} is ready",
      text: "Please collect it at the one-stop desk where you filed. Bring your identity paper and the receipt.",
    },
    completed_post: {
      title: "The result of dossier {{code}} is ready",
      text: "It will be sent to you by post.",
    },
    delivered_online: {
      title: "The result of dossier {{code}} is on the portal",
      text: "Open the dossier's page to see and download it. You can rate the service on the page of the dossier.",
    },
    delivered_counter: {
      title: "The result of dossier {{code}} was handed over at the counter",
      text: "If neither you nor somebody you asked has received it, tell the one-stop desk where you filed at once. You can rate the service on the page of the dossier.",
    },
    delivered_post: {
      title: "The result of dossier {{code}} was sent by post",
      text: "If it has not arrived after some days, contact the one-stop desk where you filed. You can rate the service on the page of the dossier.",
    },
    draft_waiting: {
      title: "Your form has not been filed yet",
      text: "You began to fill in a form but did not file it, so the agency has received nothing. It is kept until the end of {{day}}; open it to go on.",
    },
    draft_ending: {
      title: "A form that you did not file will be deleted soon",
      text: "It will be deleted after {{day}}. If you still need it, open it and save or file it.",
    },
    appointment_soon: {
      title: "You have an appointment at {{due}}",
      text: "Where: {{agency}}. Bring your papers; when you come, hold the QR code of the appointment to the ticket machine. If you cannot come, change the time or cancel it for somebody else.",
    },
    appointment_cancelled: {
      title: "Your appointment at {{due}} was cancelled",
      text: "{{agency}} cannot see you at that time. We are sorry; please book another time.",
    },
    draft_deleted: {
      title: "A form that you did not file was deleted",
      text: "It had not been changed for {{days}} days, so it was deleted. You can begin again at any time.",
    },
    record_ending: {
      title: "Personal data in dossier {{code}} will soon be deleted",
      text: "After {{day}} the personal data and files of this dossier are deleted or anonymised. If you still need them, open the dossier and download them before that day.",
    },
    file_infected: {
      title: "A file that you sent contains malware",
      text: "Nobody can open it. Check your device for viruses, photograph or scan the paper again, and replace the file. If the dossier is filed, the agency will ask you for it; you may also bring the paper to the one-stop desk.",
    },
    to_accept: {
      title: "A new dossier waits to be accepted",
      text: "Filed online, reference {{reference}}.",
    },
    assigned: {
      title: "Dossier {{code}} was assigned to you",
      text: "Step: {{step}}.",
    },
    taken_over: {
      title: "Dossier {{code}} is in other hands now",
      text: "Step: {{step}}. It is no longer yours; the dossier's page says why.",
    },
    returned: {
      title: "Dossier {{code}} is back in your hands",
      text: "Step: {{step}}. You worked on it before.",
    },
    supplemented: {
      title: "Dossier {{code}} has been supplemented",
      text: "The applicant sent what was missing. Please look at it and go on.",
    },
    withdrawn: {
      title: "Dossier {{code}} was withdrawn",
      text: "The applicant withdrew it. There is nothing more for you to do.",
    },
    answered: {
      title: "Dossier {{code}}: the consulted agency answered",
      text: "The answer was given at step “{{step}}”. See the dossier's page.",
    },
    paid: {
      title: "Dossier {{code}}: the payment was made",
      text: "The dossier does not wait for the applicant any more. Please go on.",
    },
    draft_agreed: {
      title: "The applicant agrees with the draft of dossier {{code}}",
      text: "The applicant agreed, or did not answer in the told time. Please go on.",
    },
    draft_objected: {
      title: "The applicant does not agree with the draft of dossier {{code}}",
      text: "What the applicant says is on the dossier's page.",
    },
    handed_over: {
      title: "Papers of dossier {{code}} are handed over to you",
      text: "Step: {{step}}. Count them and confirm on the dossier's page.",
    },
    papers_received: {
      title: "The papers of dossier {{code}} were confirmed by the receiver",
      text: "See the slip on the dossier's page.",
    },
    extension_proposed: {
      title: "An extension is proposed for dossier {{code}}",
      text: "Who holds the dossier proposes an apology with {{answerBy}} as the new date. Decide before the due day ({{day}}).",
    },
    due_soon: {
      title: "Dossier {{code}} is due soon",
      text: "Result due: {{due}}. Working days left: {{days}}.",
    },
    step_due_soon: {
      title: "Step “{{step}}” of dossier {{code}} is due soon",
      text: "Due: {{due}}. Working days left: {{days}}.",
    },
    foresight: {
      title: "Dossier {{code}}: propose an extension or confirm that it will be on time",
      text: "Result due: {{due}}. An apology with a new date is possible until the day before. Open the dossier's page and choose.",
    },
    unforeseen: {
      title: "Dossier {{code}} is nearly due, and nobody said whether it will be on time",
      text: "Result due: {{due}}. Who holds the dossier was asked and has not answered. An apology with a new date is possible only before the due day: open the dossier's page and decide today.",
    },
    overdue: {
      title: "Dossier {{code}} is overdue",
      text: "It was due: {{due}}. Settle it at once; a leader records why it is late.",
    },
    step_overdue: {
      title: "Step “{{step}}” of dossier {{code}} is overdue",
      text: "It was due: {{due}}.",
    },
    deputy: {
      title: "You act for a colleague from {{from}} to {{to}}",
      text: "In this time your worklist holds the dossiers of the absent colleague, too. The page of absences says for whom you act.",
    },
    unanswered: {
      title: "Dossier {{code}}: no answer from the consulted agency",
      text: "Step “{{step}}” was due {{due}} and is not answered. Contact the consulted agency.",
    },
  },
  list: {
    title: "Notifications",
    unread: "New",
    read: "Mark as read",
    readAll: "Mark all as read",
    allRead: "All notifications are marked as read.",
    preferences: "Choose what comes by e-mail",
    none: "No notifications yet",
    noneText: "When something happens to your dossiers, you will be told here.",
    noneTextOfficer: "When a dossier arrives or work is given to you, you will be told here.",
    newest: "Newest",
    older: "Older",
    mailFailed: "The e-mail about this could not be delivered. Please check your e-mail address.",
  },
  preferences: {
    title: "Notifications by e-mail",
    lead: "Every notification is always on the portal. Here you choose which ones are sent by e-mail, too.",
    to: "E-mails go to {{email}}.",
    unproven: "The e-mail address {{email}} is not confirmed, so no e-mails are sent there.",
    noAddress: "Your account has no e-mail address, so no e-mails are sent.",
    noAddressOfficer: "Your account has no e-mail address, so no e-mails are sent. Ask an administrator to add one.",
    proveAddress: "Confirm the e-mail address",
    addAddress: "Add an e-mail address",
    changeAddress: "Change the address",
    kinds: "Send me an e-mail when",
    save: "Save",
    saved: "Your choices are saved.",
  },
  choice: {
    submitted: "the portal receives my dossier",
    filed_for_you: "somebody files a dossier in my name",
    accepted: "a dossier is accepted",
    declined: "a dossier is not accepted",
    moved: "a dossier moves to the next step",
    supplement: "a dossier needs additions",
    extended: "an agency apologises and sets a new date",
    due_moved: "a due date changes because of the working calendar",
    refused: "a dossier is not eligible",
    stopped: "work on a dossier is stopped",
    lateness: "an agency tells why a dossier is late",
    sent_back: "a dossier is sent back to be completed",
    obligation: "a dossier waits for a payment",
    obligation_met: "a payment is noted",
    draft_shown: "a draft result waits for my answer",
    draft_silent: "the time to look at a draft result is over",
    reopened: "a closed dossier is processed again",
    rerouted: "a dossier is passed on to another agency",
    voided: "a dossier was entered by mistake and voided",
    collect: "a result waits for me",
    corrected: "a result is corrected",
    paper_replaced: "a paper is replaced",
    paper_revoked: "a paper is revoked",
    completed: "a result is ready",
    delivered: "a result is handed over",
    draft_waiting: "a form is still not filed after three days",
    draft_ending: "a form that was not filed will be deleted soon",
    draft_deleted: "a form that was not filed was deleted",
    appointment_soon: "a reminder a day before an appointment",
    appointment_cancelled: "the agency cancels my appointment",
    record_ending: "data in an old dossier will soon be deleted",
    file_infected: "a file that I sent contains malware",
    to_accept: "a new dossier waits to be accepted",
    assigned: "work is assigned to me",
    taken_over: "work of mine is given to somebody else",
    returned: "a dossier is back in my hands",
    supplemented: "an applicant sends what was missing",
    withdrawn: "an applicant withdraws a dossier",
    answered: "A consulted agency answered",
    paid: "An applicant paid what was owed",
    draft_agreed: "An applicant agrees with a draft",
    draft_objected: "An applicant does not agree with a draft",
    handed_over: "Papers are handed over to me",
    papers_received: "Papers that I handed over were confirmed",
    extension_proposed: "An extension waits for a decision",
    due_soon: "A dossier that I hold is due soon",
    step_due_soon: "A step that I hold is due soon",
    foresight: "An extension or a confirmation is wanted",
    unforeseen: "A dossier is nearly due and nobody said whether it will be on time",
    overdue: "A dossier is overdue",
    step_overdue: "A step is overdue",
    unanswered: "A consulted agency has not answered in time",
    deputy: "I am to act for a colleague",
  },
  mail: {
    letterWhy:
      "This mail is sent once, because the applicant named this address as that of the person or organisation in whose name they filed. It does not show the dossier. Please do not answer it.",
    letterOpen: "See what this procedure is",
    letterNote: "That page is about the procedure; it shows no dossier.",
    letterDay: "Filed on",
    greeting: "Hello,",
    procedure: "Procedure",
    code: "Dossier code",
    reference: "Reference",
    due: "Result due",
    open: "See it on the portal",
    signIn: "You need to sign in to see it.",
    why: "This e-mail was sent automatically because your account on the public service portal is set to receive this kind of notification. Please do not reply.",
    safety: "The portal never asks for your password or a one-time code by e-mail or phone.",
    preferences: "Choose what comes by e-mail",
  },
};
