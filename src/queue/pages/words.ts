import type { Language, Translate } from "#platform/i18n.ts";
import type { Counter, HallState, Queue } from "../queries.ts";
import { isPriorityWord } from "../rules.ts";

export type Reader = { t: Translate; language: Language };

export const queueName = ({ name, nameEn }: Pick<Queue, "name" | "nameEn">, language: Language): string =>
  (language === "en" ? nameEn : null) ?? name;

export const priorityText = (priority: string | null, t: Translate): string | null =>
  isPriorityWord(priority) || priority === "appointment" ? t(`queue.priority.${priority}`) : null;

export const counterOf = ({ counters }: Pick<HallState, "counters">, id: string | null): Counter | undefined =>
  counters.find((counter) => counter.id === id);

export const counterText = (counter: Pick<Counter, "number" | "name">, t: Translate): string =>
  counter.name
    ? t("queue.panel.counterNamed", { number: counter.number, name: counter.name })
    : t("queue.panel.counter", { number: counter.number });
