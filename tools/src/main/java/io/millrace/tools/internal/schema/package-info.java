/** What the payloads of a journal mean: schema files, and how their formats are read. */
package io.millrace.tools.internal.schema;
