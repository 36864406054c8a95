package io.millrace.faults.agent;

/**
 * A named place in the production code. Methods are named, not located by line, so that a change of a body leaves the
 * table alone and a change of a name breaks the build.
 *
 * @param name what reports and seeds call it
 * @param className binary name of the class
 * @param method its name; {@code <init>} for constructors; overloads count as one
 * @param where in the method
 * @param call {@code SimpleClassName.method} of the call meant, null for the method's own ends
 */
public record FailpointSite(String name, String className, String method, Where where, String call) {
    /** Where in the method. */
    public enum Where {
        /** Before its first instruction. */
        ENTER,
        /** Before each return; not when it throws. */
        EXIT,
        /** Before each such call in it. */
        BEFORE_CALL,
        /** Behind each such call in it that returned. */
        AFTER_CALL
    }

    /** Whether the place is around this call; the owner is given as it stands in a class file. */
    boolean isAround(final String callOwner, final String callName) {
        return call != null && call.equals(simpleName(callOwner) + "." + callName);
    }

    private static String simpleName(final String internalName) {
        return internalName.substring(Math.max(internalName.lastIndexOf('/'), internalName.lastIndexOf('$')) + 1);
    }
}
