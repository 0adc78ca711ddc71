import type { ScreeningQuestion } from "#procedures/index.ts";

type Answer = ScreeningQuestion["answers"][number];
type Given = { question: ScreeningQuestion; answer: Answer };

/** How far somebody is: a question to answer, a way out, or through. `given` are the answers that led there. */
export type Screened =
  | { state: "asked"; question: ScreeningQuestion; given: readonly Given[] }
  | { state: "out"; exit: NonNullable<Answer["exit"]>; given: readonly Given[] }
  | { state: "through"; given: readonly Given[] };

/** Walks the questions by what was answered so far, by question id; what nobody asked does not count. */
export function screen(questions: readonly ScreeningQuestion[], answered: Readonly<Record<string, unknown>>): Screened {
  const given: Given[] = [];
  let at = 0;
  for (;;) {
    const question = questions[at];
    if (!question) return { state: "through", given };
    const answer = question.answers.find(({ value }) => value === answered[question.id]);
    if (!answer) return { state: "asked", question, given };
    given.push({ question, answer });
    if (answer.exit) return { state: "out", exit: answer.exit, given };
    at = answer.next ? questions.findIndex(({ id }) => id === answer.next) : at + 1;
  }
}

/** The answers as they stand in an address; empty when there are none. */
export const screeningQuery = ({ given }: Screened): string => {
  const query = new URLSearchParams(
    Object.fromEntries(given.map(({ question, answer }) => [question.id, answer.value])),
  );
  return query.size > 0 ? `?${query}` : "";
};
