/**
 * Edits of Wikipedia pages, on the binary API. One command, {@link io.millrace.examples.wiki.EditFormat RecordEdit},
 * becomes two events: one on the page's stream and one on the editor's. The state only knows which pages and editors
 * there are; what people ask for (the most edited pages, edits per minute, changes per channel) is kept by read models.
 */
package io.millrace.examples.wiki;
