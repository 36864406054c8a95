package io.millrace.faults.simulation;

import io.millrace.journal.Journal;
import io.millrace.journal.JournalFailedException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Stands before a real journal: knows what was forced, and makes an append or a force fail when it is told to. From then
 * on it is poisoned, as the real one would be.
 */
final class FaultableJournal implements InvocationHandler {
    /** What is to fail next, and whether it does its work before. */
    enum Fault {
        /** Nothing fails. */
        NONE,
        /** The append fails, nothing is written. */
        APPEND_BEFORE,
        /** The append writes, and fails. */
        APPEND_AFTER,
        /** The force fails, nothing is forced. */
        FORCE_BEFORE,
        /** The force does its work, and fails. */
        FORCE_AFTER
    }

    private volatile Journal journal;
    private volatile Fault armed = Fault.NONE;
    private volatile boolean failed;
    private volatile boolean failureExpected;

    /** Highest sequence that a force has returned; raised before the engine hears of it. */
    private volatile long forcedSequence;

    /** Appends that have returned. */
    private volatile int appends;

    Journal wrap(final Journal real) {
        journal = real;
        forcedSequence = real.syncedSequence();
        return (Journal) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Journal.class}, this);
    }

    Journal real() {
        return journal;
    }

    void arm(final Fault fault) {
        armed = fault;
    }

    /** Something else than the journal is about to fail. */
    void expectFailure() {
        failureExpected = true;
    }

    /** Whether the engine may refuse commands. */
    boolean hasFailed() {
        return failed || failureExpected;
    }

    long forcedSequence() {
        return forcedSequence;
    }

    int appends() {
        return appends;
    }

    @Override
    public Object invoke(final Object proxy, final Method method, final Object[] arguments) throws Throwable {
        return switch (method.getName()) {
            case "append" -> append(method, arguments);
            case "force" -> force(method, arguments);
            case "deleteBefore" -> {
                final Object deleted = call(method, arguments);
                noteForced(journal.syncedSequence()); // it forces first
                yield deleted;
            }
            default -> call(method, arguments);
        };
    }

    /** One thread. */
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    private Object append(final Method method, final Object[] arguments) throws Throwable {
        strike(Fault.APPEND_BEFORE);
        call(method, arguments);
        strike(Fault.APPEND_AFTER);
        appends = appends + 1;
        return null;
    }

    private Object force(final Method method, final Object[] arguments) throws Throwable {
        strike(Fault.FORCE_BEFORE);
        final Long sequence = (Long) call(method, arguments);
        strike(Fault.FORCE_AFTER);
        noteForced(sequence);
        return sequence;
    }

    private synchronized void noteForced(final long sequence) {
        forcedSequence = Math.max(forcedSequence, sequence);
    }

    private void strike(final Fault fault) {
        if (failed) {
            throw new JournalFailedException("poisoned, as asked to", null);
        }
        if (armed == fault) {
            armed = Fault.NONE;
            failed = true;
            throw new JournalFailedException("asked to: " + fault, null);
        }
    }

    private Object call(final Method method, final Object[] arguments) throws Throwable {
        try {
            return method.invoke(journal, arguments);
        } catch (final InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
