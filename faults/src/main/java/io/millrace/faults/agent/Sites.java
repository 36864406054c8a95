package io.millrace.faults.agent;

import io.millrace.faults.agent.FailpointSite.Where;
import java.util.ArrayList;
import java.util.List;

/** Writes a table of failpoints, class by class. */
final class Sites {
    private final List<FailpointSite> sites = new ArrayList<>();
    private final String packageName;
    private String className;

    Sites(final String packageName) {
        this.packageName = packageName;
    }

    /** What follows is in this class. */
    Sites in(final String simpleName) {
        className = packageName + "." + simpleName;
        return this;
    }

    Sites enter(final String name, final String method) {
        return add(name, method, Where.ENTER, null);
    }

    Sites exit(final String name, final String method) {
        return add(name, method, Where.EXIT, null);
    }

    Sites before(final String name, final String method, final String call) {
        return add(name, method, Where.BEFORE_CALL, call);
    }

    Sites after(final String name, final String method, final String call) {
        return add(name, method, Where.AFTER_CALL, call);
    }

    private Sites add(final String name, final String method, final Where where, final String call) {
        sites.add(new FailpointSite(name, className, method, where, call));
        return this;
    }

    List<FailpointSite> all() {
        return sites;
    }
}
