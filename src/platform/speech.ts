/** Which words of an English page are Vietnamese: names of agencies, procedures, communes and people stay as they are. */

/** Letters that English is not written with. */
const VIETNAMESE = /[ăâđêôơưàáãèéìíòóõùúýĩũ\u1ea1-\u1ef9]/iu;
const ENGLISH =
  /(?:^|[\s(“"])(?:the|a|an|of|and|or|to|is|are|was|you|your|for|in|on|by|with|at|from|this|that|not|no|if|it|its|what|until|before|after|since)(?=[\s,.;:?!)”"]|$)/iu;

/** Whether a whole text of an English page is Vietnamese; one that is partly English is a sentence about a name. */
export const isVietnamese = (text: string): boolean => VIETNAMESE.test(text) && !ENGLISH.test(text);

const ELEMENT =
  /<(?!title\b|textarea\b|script\b|html\b)([a-z][a-z0-9]*)((?:<%(?:[^%]|%(?!>))*%>|[^<>])*)>(\s*)<%=\s*((?:[^%]|%(?!>))+?)\s*%>(\s*)<\/\1>/g;

/**
 * An element that holds one value, and says nothing of its language, says it by itself: `<dd><%= it.agency %></dd>` becomes
 * `<dd<%- langOf(it.agency) %>>...`. Interface texts, `t(...)`, are in the page's language.
 */
export const withLanguages = (template: string): string =>
  template.replace(ELEMENT, (whole, tag: string, attributes: string, before: string, value: string, after: string) =>
    /\slang=/.test(attributes) || value.startsWith("t(")
      ? whole
      : `<${tag}${attributes}<%- langOf(${value}) %>>${before}<%= ${value} %>${after}</${tag}>`,
  );
