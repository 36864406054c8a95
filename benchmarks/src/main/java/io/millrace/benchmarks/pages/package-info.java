/** What a page of a new mapped file costs, by the way in which it is got. */
package io.millrace.benchmarks.pages;
