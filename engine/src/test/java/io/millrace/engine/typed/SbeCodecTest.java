package io.millrace.engine.typed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.generation.CompilerUtil;
import org.agrona.generation.StringWriterOutputManager;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.co.real_logic.sbe.generation.java.JavaGenerator;
import uk.co.real_logic.sbe.ir.Ir;
import uk.co.real_logic.sbe.xml.IrGenerator;
import uk.co.real_logic.sbe.xml.ParserOptions;
import uk.co.real_logic.sbe.xml.XmlSchemaParser;

/** With flyweights that sbe-tool generates from {@code payment-schema.xml} and that are compiled in memory. */
class SbeCodecTest {
    private static final String BODY = "io.millrace.payments.PaymentBody";

    private static Constructor<?> newBody;
    private static Class<?> encoder;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();

    @BeforeAll
    static void generateFlyweights() throws Exception {
        final Ir ir;
        try (InputStream schema = SbeCodecTest.class.getResourceAsStream("payment-schema.xml")) {
            ir = new IrGenerator()
                    .generate(XmlSchemaParser.parse(
                            schema, ParserOptions.builder().stopOnError(true).build()));
        }
        final StringWriterOutputManager output = new StringWriterOutputManager();
        output.setPackageName(ir.applicableNamespace());
        final String mutable = MutableDirectBuffer.class.getName();
        new JavaGenerator(ir, mutable, DirectBuffer.class.getName(), false, false, false, output).generate();
        final Map<String, CharSequence> sources = new HashMap<>(output.getSources());
        try (InputStream body = SbeCodecTest.class.getResourceAsStream("PaymentBody.txt")) {
            sources.put(BODY, new String(body.readAllBytes(), StandardCharsets.UTF_8));
        }
        final Class<?> type = CompilerUtil.compileInMemory(BODY, sources);
        newBody = type.getConstructor();
        encoder = type.getClassLoader().loadClass("io.millrace.payments.PaymentEncoder");
    }

    @Test
    void shouldComeBackEqualWhenEncodedAndDecoded() throws Exception {
        final SbeCodec<SbePayment> codec = codec();
        final SbePayment payment = new SbePayment(7, -42, 3, "für Miete");
        final int length = codec.encode(payment, buffer, 13);
        assertEquals(8 + 20 + 2 + "für Miete".getBytes(StandardCharsets.UTF_8).length, length);
        assertEquals(payment, codec.decode(buffer, 13, length, 1));
    }

    @Test
    void shouldComeBackEqualWhenAnotherThreadDecodes() throws Exception {
        final SbeCodec<SbePayment> codec = codec();
        final SbePayment payment = new SbePayment(1, 2, 3, "memo");
        final int length = codec.encode(payment, buffer, 0);
        assertEquals(
                payment,
                CompletableFuture.supplyAsync(() -> codec.decode(buffer, 0, length, 1))
                        .get());
    }

    @Test
    void shouldReadAMessageOfTheSchemaVersionBeforeTheField() throws Exception {
        final int length = putVersion0Message();
        assertEquals(new SbePayment(7, 42, -1, "old"), codec().decode(buffer, 0, length, 0));
    }

    /** As a writer of version 0 wrote it: a block of two longs, and no branch. */
    private int putVersion0Message() throws Exception {
        putHeader(16, constant("TEMPLATE_ID"), constant("SCHEMA_ID"), 0);
        buffer.putLong(8, 7, ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(16, 42, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(24, (short) 3, ByteOrder.LITTLE_ENDIAN);
        buffer.putStringWithoutLengthAscii(26, "old");
        return 29;
    }

    @Test
    void shouldRefuseAnotherMessageAndOneThatIsCut() throws Exception {
        final SbeCodec<SbePayment> codec = codec();
        final int length = codec.encode(new SbePayment(1, 2, 3, "m"), buffer, 0);
        assertThrows(IllegalArgumentException.class, () -> codec.decode(buffer, 0, 7, 1));
        assertThrows(IllegalArgumentException.class, () -> codec.decode(buffer, 0, 27, 1));
        putHeader(constant("BLOCK_LENGTH"), constant("TEMPLATE_ID") + 1, constant("SCHEMA_ID"), 1);
        final String message = assertThrows(IllegalArgumentException.class, () -> codec.decode(buffer, 0, length, 1))
                .getMessage();
        assertTrue(message.contains("templateId=12"), message);
    }

    @Test
    void shouldFitIntoARegistryWhenTheSchemaVersionsAgree() throws Exception {
        final Types<Object> types = Types.of(Object.class)
                .add(5, SbePayment.class)
                .codec(SbePayment.class, constant("SCHEMA_VERSION"), codec())
                .build();
        final SbePayment payment = new SbePayment(1, 2, 3, "m");
        final int length = types.registered(SbePayment.class).encode(payment, buffer, 0);
        assertEquals(payment, types.decode(5, 1, buffer, 0, length));
    }

    private void putHeader(final int blockLength, final int templateId, final int schemaId, final int version) {
        buffer.putShort(0, (short) blockLength, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(2, (short) templateId, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(4, (short) schemaId, ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(6, (short) version, ByteOrder.LITTLE_ENDIAN);
    }

    private static SbeCodec<SbePayment> codec() throws Exception {
        final Supplier<SbeBody<SbePayment>> bodies = SbeCodecTest::newPaymentBody;
        return SbeCodec.of(
                constant("BLOCK_LENGTH"),
                constant("TEMPLATE_ID"),
                constant("SCHEMA_ID"),
                constant("SCHEMA_VERSION"),
                bodies);
    }

    private static int constant(final String name) throws ReflectiveOperationException {
        return encoder.getField(name).getInt(null);
    }

    @SuppressWarnings("unchecked") // the source says so
    private static SbeBody<SbePayment> newPaymentBody() {
        try {
            return (SbeBody<SbePayment>) newBody.newInstance();
        } catch (final ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
