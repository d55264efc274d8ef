/**
 * The arithmetic of forward and backward passes on a CPU: convolutions with fewer multiplications,
 * by Winograd's algorithms (Lavin and Gray, arXiv 1509.09308), on the JDK's Vector API.
 *
 * <p>Testing and training share the kernels, the layout of maps, the rows of tiles and the threads.
 * Each {@code Step} of testing has its adjoint beside it, for gradients of the input and of layers
 * while the weights stay fixed. What only a training needs has names that begin with {@code
 * Learned}, and the adjoint of each transformation: {@code GradientKernel} of the outputs', {@code
 * WeightKernel} of the weights'.
 *
 * <p>Start with {@link verydeep.internal.cpu.Kernels}. Only classes whose names end in {@code
 * Kernel} use the Vector API; they are loaded only where the JVM has it. Internal; it may change in
 * any version.
 */
package verydeep.internal.cpu;
