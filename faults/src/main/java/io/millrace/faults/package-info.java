/** The fault harness: its command, its layers, and what they count. */
package io.millrace.faults;
