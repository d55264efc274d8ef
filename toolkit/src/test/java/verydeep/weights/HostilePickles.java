package verydeep.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import verydeep.weights.PickleWriter.View;

/** Hostile programs of pickle: forbidden calls and instructions, bombs, lies of storages. */
final class HostilePickles {

  private static final int LONGEST = Pickle.MOST_INSTRUCTIONS - 20_000;

  private static final String[][] FORBIDDEN = {
    {"os", "system"},
    {"posix", "system"},
    {"nt", "system"},
    {"builtins", "eval"},
    {"builtins", "exec"},
    {"__builtin__", "eval"},
    {"subprocess", "Popen"},
    {"runpy", "run_path"}
  };

  /** What Python would call on loading, and what here only stays as it is. */
  private static final String[][] INERT = {
    {"builtins", "getattr"},
    {"torch", "load"},
    {"torch.hub", "load"},
    {"torch.storage", "_load_from_bytes"},
    {"torch._utils", "_rebuild_device_tensor_from_numpy"},
    {"numpy.core.multiarray", "_reconstruct"},
    {"collections", "OrderedDict.__init__"},
    {"java.lang.Runtime", "exec"},
    {"copyreg", "_reconstructor"},
    {"argparse", "Namespace"}
  };

  private final Map<String, Function<SplittableRandom, byte[]>> tricks = new LinkedHashMap<>();

  private HostilePickles() {
    calls();
    bombs();
    lengths();
    storages();
  }

  /** Programs by the names of their tricks. */
  static Map<String, Function<SplittableRandom, byte[]>> all() {
    return new HostilePickles().tricks;
  }

  private void calls() {
    before("forbidden call", r -> code().all(forbidden(r)).all(arguments()).put('R', '0'));
    before("forbidden name", r -> code().all(forbidden(r)).put('0'));
    before("forbidden object", r -> code().all(forbidden(r)).put(')', 0x81, '0'));
    before(
        "forbidden call by a name from the stack",
        r -> {
          String[] name = Hostile.any(r, FORBIDDEN);
          Octets names = code().all(PickleWriter.text(name[0])).all(PickleWriter.text(name[1]));
          return names.put(0x93).all(arguments()).put('R', '0');
        });
    before(
        "instance",
        r -> {
          String[] name = Hostile.any(r, FORBIDDEN);
          return code().put('(').text("i" + name[0] + "\n" + name[1] + "\n").put('0');
        });
    before("object of a mark", r -> code().put('(').all(forbidden(r)).put('o', '0'));
    before(
        Hostile.HARMLESS + "call of something unknown",
        r -> code().all(inert(r)).all(arguments()).put('R', 'N', 'b', '0'));
    before(
        Hostile.HARMLESS + "object of something unknown",
        r -> code().all(inert(r)).put(')', 0x81, '}', 'b', ']', 'a', '0'));
    before("extension", r -> code().put(Hostile.octet(r, 0x82, 0x83, 0x84)).u32(1).put('0'));
    before("named call", r -> code().all(forbidden(r)).put(')', '}', 0x92, '0'));
    before(
        "unknown instruction",
        r ->
            code()
                .put(
                    Hostile.octet(
                        r, 'I', 'L', 'F', 'S', 'V', 'P', 'g', 'p', 'd', '2', 0x8b, 0xff)));
    before(
        Hostile.HARMLESS + "storage called",
        r -> code().all(PickleWriter.global("torch", "FloatStorage")).put(')', 'R', '0'));
    before("call without a function", r -> code().put('N', ')', 'R', '0'));
  }

  private void bombs() {
    raw("lists that double", r -> doubling(r.nextInt(10, 20_000)));
    raw("tuples within tuples", r -> code().put('N').all(repeat(r, 0x85)).put('.'));
    raw("dictionaries within dictionaries", r -> nested(r.nextInt(1, 50_000)));
    raw("list within itself", r -> code().put(']', 'q', 0, 'h', 0, 'a', '.'));
    raw(
        "dictionary within itself",
        r ->
            code()
                .put('}', 'q', 0)
                .all(PickleWriter.text(Hostile.any(r, "state_dict", "model", "a")))
                .put('h', 0, 's', '.'));
    raw("many marks", r -> code().all(repeat(r, '(')).put('.'));
    raw("many dictionaries", r -> code().all(repeat(r, '}')).put('.'));
    raw("many tuples of marks", r -> code().all(repeat(r, '(', 't')).put('.'));
    raw("many remembered", r -> code().put('N').all(repeat(r, 0x94)).put('.'));
    raw("many dictionaries of pairs", r -> pairs(r.nextInt(10, 10_000), r.nextInt(10, 50_000)));
    raw("program without an end", r -> code().all(repeat(r, 'N', '0')));
    raw("program that is too long", r -> code().put(new int[Pickle.LONGEST]));
  }

  private void lengths() {
    before("length of a text", r -> code().put('X').u32(r.nextInt() | 1L << 31));
    before("length of a long text", r -> code().put(0x8d).u64(far(r)));
    before(
        "length of a whole number", r -> code().put(0x8a, r.nextInt(17, 256)).zeros(300).put('0'));
    before("recalls what was not remembered", r -> code().put('j').u32(r.nextInt()));
    before(
        "more from the stack than is there",
        r -> code().put(Hostile.octet(r, '0', 0x87, 't', 'R', 's', 'u', 'e', 'Q')));
    before("protocol", r -> code().put(0x80, r.nextInt(6, 256)));
    before(
        "long name of a class",
        r -> code().text("c" + "m".repeat(r.nextInt(201, 99_999)) + "\nn\n"));
    raw("nothing", r -> code().put(Hostile.octet(r, '.', 'N'), '.'));
  }

  private void storages() {
    view("numbers of a storage", (v, r) -> v.numbers(far(r)));
    view("first number", (v, r) -> v.first(far(r)));
    view("first number before the storage", (v, r) -> v.first(-1 - r.nextInt(99)));
    view("size that overflows", (v, r) -> v.sizes(List.of(far(r))).strides(List.of(1L)));
    view(
        "product that overflows",
        (v, r) ->
            v.sizes(List.of((1L << 31) - 1, (1L << 31) - 1, 4L)).strides(List.of(8L, 4L, 1L)));
    view(
        "number repeated by a stride of zero",
        (v, r) -> v.sizes(List.of((long) r.nextInt(2, 1 << 30))).strides(List.of(0L)));
    view("strides", (v, r) -> v.sizes(List.of(2L)).strides(List.of((long) r.nextInt(2, 99))));
    view("sizes and strides", (v, r) -> v.strides(List.of()));
    view("many dimensions", (v, r) -> ones(v, r.nextInt(9, 9000)));
    view(
        "type of a storage",
        (v, r) -> v.type(Hostile.any(r, "QInt8Storage", "UntypedStorage", "ComplexFloatStorage")));
    view("wider numbers than the storage has", (v, r) -> v.type("DoubleStorage"));
    view("storage that is not there", (v, r) -> v.key("none" + r.nextInt()));
    view("long key", (v, r) -> v.key("k".repeat(r.nextInt(1, 400_000))));
    view("key that leads out", (v, r) -> v.key("../../../etc/passwd"));
    view("storage described in two ways", (v, r) -> v.key("0").numbers(r.nextInt(1, 1 << 20)));
    view("long name", (v, r) -> v.name("n".repeat(r.nextInt(1000, 400_000))));
  }

  private static Octets code() {
    return new Octets();
  }

  private void before(String name, Function<SplittableRandom, Octets> code) {
    tricks.put(name, r -> PickleWriter.program(code.apply(r).toBytes(), PickleWriter.views()));
  }

  private void raw(String name, Function<SplittableRandom, Octets> code) {
    tricks.put(name, r -> new Octets().put(0x80, 2).all(code.apply(r)).toBytes());
  }

  /** Changes a view. */
  private interface Change {
    View of(View view, SplittableRandom random);
  }

  private void view(String name, Change change) {
    tricks.put(
        name,
        r -> {
          List<View> views = new ArrayList<>(PickleWriter.views());
          UnaryOperator<View> changed = view -> change.of(view, r);
          int which = r.nextInt(2, views.size());
          views.set(which, changed.apply(views.get(which)));
          return PickleWriter.program(new byte[0], views);
        });
  }

  private static View ones(View view, int count) {
    List<Long> sizes = Collections.nCopies(count, 1L);
    return view.sizes(sizes).strides(sizes);
  }

  private static byte[] forbidden(SplittableRandom random) {
    String[] name = Hostile.any(random, FORBIDDEN);
    return PickleWriter.global(name[0], name[1]);
  }

  private static byte[] inert(SplittableRandom random) {
    String[] name = Hostile.any(random, INERT);
    return PickleWriter.global(name[0], name[1]);
  }

  private static byte[] arguments() {
    return code().put('(').all(PickleWriter.text("echo hacked")).put('t').toBytes();
  }

  private static byte[] repeat(SplittableRandom random, int... instructions) {
    Octets all = code();
    for (int i = random.nextInt(1, LONGEST / instructions.length); i > 0; i--) {
      all.put(instructions);
    }
    return all.toBytes();
  }

  /** Each list holds the one before twice: 2 to the power of the depth when walked through. */
  private static Octets doubling(int depth) {
    Octets all = code().put(']').put('r').u32(0);
    for (int i = 1; i <= depth; i++) {
      all.put(']').put('r').u32(i).put('j').u32(i - 1).put('a').put('j').u32(i - 1).put('a');
    }
    return all.put('.');
  }

  private static Octets nested(int depth) {
    Octets all = code().put('}');
    for (int i = 0; i < depth; i++) {
      all.put('K', 1, '}');
    }
    for (int i = 0; i < depth; i++) {
      all.put('s');
    }
    return all.put('.');
  }

  /** A long list of pairs from which ordered dictionaries are made again and again. */
  private static Octets pairs(int length, int times) {
    Octets all = code().put(']', 'q', 0, '(');
    for (int i = 0; i < length; i++) {
      all.put(0x8c, 2).text("k" + i % 10).put('N', 0x86);
    }
    all.put('e').all(PickleWriter.global("collections", "OrderedDict")).put('q', 1);
    for (int i = 0; i < times; i++) {
      all.put('h', 1, 'h', 0, 0x85, 'R');
    }
    return all.put('.');
  }

  private static long far(SplittableRandom random) {
    long number = Hostile.extreme(random);
    return number >= 0 && number < 1 << 20 ? number + (1L << 40) : number;
  }
}
