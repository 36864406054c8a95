/**
 * The entry point of the jcstress tests. The tests themselves lie in the packages of the classes they test, whose
 * classes only they may see.
 */
package io.millrace.concurrency;
