/** {@code millrace journal}: looks into a journal directory from outside, and repairs it. */
package io.millrace.tools.internal.journal;
