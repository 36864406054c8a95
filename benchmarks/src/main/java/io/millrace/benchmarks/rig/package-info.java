/** What all measurements need: the machine they ran on, its memory, the values of their rounds. */
package io.millrace.benchmarks.rig;
