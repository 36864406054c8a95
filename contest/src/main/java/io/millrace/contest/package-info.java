/**
 * The work that Millrace and its peers are compared by: a small ledger, what it must come to, and a process that does it
 * when told. It depends on nothing, so that it fits on the class path of every peer, whatever that brings along.
 */
package io.millrace.contest;
