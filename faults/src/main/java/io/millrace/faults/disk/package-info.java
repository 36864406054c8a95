/**
 * Disks that lose power, fail, hang or fill up, and clocks that jump. Most of it needs root and Linux; what is missing
 * is said and counted as skipped.
 */
package io.millrace.faults.disk;
