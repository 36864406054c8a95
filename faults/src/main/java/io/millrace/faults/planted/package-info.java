/**
 * The harness's own test: defects that are planted one at a time into a process of their own, where the other layers must
 * find them. One that nothing finds is a hole in the harness.
 */
package io.millrace.faults.planted;
