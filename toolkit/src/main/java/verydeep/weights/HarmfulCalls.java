package verydeep.weights;

import java.util.Set;
import verydeep.internal.files.Malformed;

/**
 * What no file of weights has reason to name, but what makes Python run a program when it loads the
 * file. Here it would do nothing, as nothing is called; but whoever reads the file should know.
 */
final class HarmfulCalls {

  private static final Set<String> MODULES =
      Set.of(
          "os",
          "posix",
          "nt",
          "subprocess",
          "pty",
          "runpy",
          "sys",
          "shutil",
          "socket",
          "ctypes",
          "webbrowser",
          "importlib",
          "pip",
          "urllib.request",
          "requests.api",
          "bdb",
          "pdb");

  private static final Set<String> BUILTINS =
      Set.of("eval", "exec", "execfile", "compile", "open", "__import__", "apply", "input");

  private HarmfulCalls() {}

  static void refuse(Pickle.Global global, Cursor where) throws Malformed {
    String module = global.module();
    boolean builtin = module.equals("builtins") || module.equals("__builtin__");
    if (MODULES.contains(module) || (builtin && BUILTINS.contains(global.name()))) {
      throw where.malformed(
          "The file names "
              + global
              + ", with which Python would run a program on loading it. Do not load it with"
              + " Python, and get the weights from a source that you trust.");
    }
  }
}
