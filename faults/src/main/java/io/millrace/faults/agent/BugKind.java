package io.millrace.faults.agent;

import net.bytebuddy.asm.Advice;
import net.bytebuddy.asm.MemberSubstitution;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.dynamic.DynamicType;
import net.bytebuddy.implementation.FixedValue;
import net.bytebuddy.implementation.StubMethod;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.matcher.ElementMatchers;

/** The ways in which a planted bug changes its method. */
public enum BugKind {
    /** The method does nothing and returns 0, false or null. */
    SKIP_BODY {
        @Override
        DynamicType.Builder<?> plant(final DynamicType.Builder<?> type, final PlantedBug bug) {
            return type.method(methodOf(bug)).intercept(StubMethod.INSTANCE);
        }
    },
    /** What the method throws is dropped; it then returns 0, false or null. */
    SUPPRESS_EXCEPTION {
        @Override
        DynamicType.Builder<?> plant(final DynamicType.Builder<?> type, final PlantedBug bug) {
            return type.visit(Advice.to(Suppressing.class).on(methodOf(bug)));
        }
    },
    /** The method does nothing and returns the argument: a number or truth value of its return type, or a string. */
    RETURN_CONSTANT {
        @Override
        DynamicType.Builder<?> plant(final DynamicType.Builder<?> type, final PlantedBug bug) {
            return type.method(methodOf(bug)).intercept(FixedValue.value(bug.argument()));
        }
    },
    /** A call inside the method, named by the argument as {@code SimpleClassName.method}, is left out. */
    SKIP_CALL {
        @Override
        DynamicType.Builder<?> plant(final DynamicType.Builder<?> type, final PlantedBug bug) {
            return type.visit(
                    MemberSubstitution.relaxed().method(callOf(bug)).stub().on(methodOf(bug)));
        }
    },
    /** The argument is a class with advice methods, inlined into the method. */
    ADVICE {
        @Override
        DynamicType.Builder<?> plant(final DynamicType.Builder<?> type, final PlantedBug bug) {
            return type.visit(Advice.to((Class<?>) bug.argument()).on(methodOf(bug)));
        }
    };

    abstract DynamicType.Builder<?> plant(DynamicType.Builder<?> type, PlantedBug bug);

    private static ElementMatcher.Junction<MethodDescription> methodOf(final PlantedBug bug) {
        return bug.method().equals(MethodDescription.CONSTRUCTOR_INTERNAL_NAME)
                ? ElementMatchers.isConstructor()
                : ElementMatchers.named(bug.method());
    }

    private static ElementMatcher.Junction<MethodDescription> callOf(final PlantedBug bug) {
        final String[] call = bug.argument().toString().split("\\.", 2);
        return ElementMatchers.<MethodDescription>named(call[1])
                .and(ElementMatchers.isDeclaredBy(ElementMatchers.nameMatches(".*[.$]" + call[0])));
    }

    /** Drops whatever was thrown. */
    static final class Suppressing {
        private Suppressing() {}

        @Advice.OnMethodExit(onThrowable = Throwable.class)
        static void exit(@Advice.Thrown(readOnly = false) Throwable thrown) {
            thrown = null;
        }
    }
}
