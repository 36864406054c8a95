/** Damage to every byte and every file of a small journal. */
package io.millrace.faults.sweep;
