package io.millrace.faults.agent;

import io.millrace.faults.agent.FailpointSite.Where;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import java.util.BitSet;
import java.util.List;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;

/**
 * Puts the calls of {@link Failpoint#hit} into a class file. A call pushes a number and takes it again, nothing branches,
 * so the frames of the class stay as they are; that is why this needs no more than the assembler inside Byte Buddy, which
 * starts in a few milliseconds.
 */
final class FailpointInstrumentation implements ClassFileTransformer {
    private static final int API = Opcodes.ASM9;
    private static final String HOOK_CLASS = Failpoint.class.getName().replace('.', '/');

    @Override
    public byte[] transform(
            final ClassLoader loader,
            final String internalName,
            final Class<?> redefined,
            final ProtectionDomain domain,
            final byte[] classFile) {
        if (internalName == null || !FailpointTable.CLASS_NAMES.contains(internalName.replace('/', '.'))) {
            return null;
        }
        return instrument(internalName.replace('/', '.'), classFile, new BitSet());
    }

    /** Returns the class file with all of the class's failpoints, and notes in {@code found} those that have a place. */
    static byte[] instrument(final String className, final byte[] classFile, final BitSet found) {
        final ClassReader reader = new ClassReader(classFile);
        final ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Instrumenting(writer, className, found), 0);
        return writer.toByteArray();
    }

    /** Hands methods that have failpoints to a visitor that puts them in. */
    private static final class Instrumenting extends ClassVisitor {
        private final String className;
        private final BitSet found;

        private Instrumenting(final ClassVisitor next, final String className, final BitSet found) {
            super(API, next);
            this.className = className;
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(
                final int access,
                final String name,
                final String descriptor,
                final String signature,
                final String[] exceptions) {
            final MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            final List<FailpointSite> sites = FailpointTable.SITES.stream()
                    .filter(site ->
                            site.className().equals(className) && site.method().equals(name))
                    .toList();
            final boolean hasBody = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
            return sites.isEmpty() || !hasBody ? next : new Inserting(next, sites, found);
        }
    }

    /** Puts the failpoints of one method in. */
    private static final class Inserting extends MethodVisitor {
        private final List<FailpointSite> sites;
        private final BitSet found;

        private Inserting(final MethodVisitor next, final List<FailpointSite> sites, final BitSet found) {
            super(API, next);
            this.sites = sites;
            this.found = found;
        }

        @Override
        public void visitCode() {
            super.visitCode();
            insertAll(Where.ENTER);
        }

        @Override
        public void visitInsn(final int opcode) {
            if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN) {
                insertAll(Where.EXIT);
            }
            super.visitInsn(opcode);
        }

        @Override
        public void visitMethodInsn(
                final int opcode,
                final String owner,
                final String name,
                final String descriptor,
                final boolean isInterface) {
            insertAround(Where.BEFORE_CALL, owner, name);
            super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
            insertAround(Where.AFTER_CALL, owner, name);
        }

        private void insertAll(final Where where) {
            for (final FailpointSite site : sites) {
                if (site.where() == where) {
                    insert(site);
                }
            }
        }

        private void insertAround(final Where where, final String owner, final String name) {
            for (final FailpointSite site : sites) {
                if (site.where() == where && site.isAround(owner, name)) {
                    insert(site);
                }
            }
        }

        private void insert(final FailpointSite site) {
            final int index = FailpointTable.indexOf(site.name());
            found.set(index);
            super.visitIntInsn(Opcodes.SIPUSH, index);
            super.visitMethodInsn(Opcodes.INVOKESTATIC, HOOK_CLASS, "hit", "(I)V", false);
        }
    }
}
