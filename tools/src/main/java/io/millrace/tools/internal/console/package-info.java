/** What the command says, and how: tables, progress, JSON, temporary directories. */
package io.millrace.tools.internal.console;
