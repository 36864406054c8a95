/** Small complete domains that tests, demo and benchmarks share. */
package io.millrace.examples;
