// What the kernel does at its start besides the imports.
sun.misc.Signal.handle(new sun.misc.Signal("INT"), signal -> verydeep.internal.notebook.Interrupt.arrives());
