/**
 * The arithmetic of a forward pass on a CPU: convolutions with fewer multiplications, by Winograd's
 * algorithms (Lavin and Gray, arXiv 1509.09308), on the JDK's Vector API.
 *
 * <p>Start with {@link verydeep.cpu.Arithmetic}. Only classes whose names end in {@code Kernel} use
 * the Vector API; they are loaded only where the JVM has it.
 */
package verydeep.cpu;
