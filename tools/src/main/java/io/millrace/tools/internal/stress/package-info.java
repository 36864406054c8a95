/** {@code millrace stress}: many producers, a full ring and {@code kill -9}, with every outcome checked. */
package io.millrace.tools.internal.stress;
