/**
 * error: the template cannot be used as it is · warning: letters will come out, but perhaps not as meant · note: good to know.
 */
export type Severity = 'error' | 'warning' | 'note';

export interface TemplateFinding {
  id: string;
  severity: Severity;
  /** Part of the .docx: `word/document.xml`, `word/header1.xml`; empty when it is the file itself. */
  part: string;
  /** Text of the paragraph, cut; empty when there is none. */
  paragraph: string;
  /** The tag as typed, or empty. */
  tag: string;
  /** For the person who made the template. */
  message: string;
}

export interface TemplateCheck {
  /** False: not a Word document, or one that cannot be opened safely; there is one finding then. */
  readable: boolean;
  findings: TemplateFinding[];
  /** Names of the tags that were found, each once. */
  tags: string[];
}
