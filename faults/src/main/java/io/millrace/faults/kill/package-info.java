/**
 * Processes that run commands and die: at failpoints, at system calls, at any time. The parent then recovers and checks
 * what was acknowledged.
 */
package io.millrace.faults.kill;
