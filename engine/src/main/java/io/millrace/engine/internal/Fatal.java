package io.millrace.engine.internal;

/** Tells failures of user code, which an engine survives, from failures of the machine beneath it. */
final class Fatal {
    private Fatal() {}

    /** A stack overflow is the user's endless recursion; every other error of the virtual machine is everybody's. */
    static boolean isFatal(final Throwable e) {
        return e instanceof VirtualMachineError && !(e instanceof StackOverflowError);
    }
}
