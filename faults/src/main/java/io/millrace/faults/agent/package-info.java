/**
 * Changes the production classes as they are loaded: failpoints, at which a process can be made to die, fail or wait, and
 * planted bugs, which the harness must catch. What is off is not put in at all, and the sources hold none of it.
 */
package io.millrace.faults.agent;
