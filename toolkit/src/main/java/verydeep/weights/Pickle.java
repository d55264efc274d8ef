package verydeep.weights;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import verydeep.internal.files.Malformed;

/**
 * Python's pickle as far as weight files need it: a machine with a stack and a memo, and a closed
 * list of instructions. Nothing is ever executed: what a program names, calls and builds are {@link
 * Calls}' few known objects, or an {@link InertObject} that only remembers what it was made of.
 * Programs are limited in length, so what they can build is small.
 *
 * <p>Values become Java's: Long, BigInteger, Double, Boolean, String, List (also for tuples and
 * sets), Map, {@link Cursor} for bytes, which stay in the file, {@link Global}, {@link #NONE}, or
 * the result of a call.
 *
 * <p>The library net.razorvine:pickle is not used because it allocates whatever the lengths in the
 * file ask for, limits neither the program nor its stack, and has an open list of classes shared by
 * the whole JVM.
 */
final class Pickle {

  /** The longest program accepted, without its bytes; a VGG's has 3 to 10 kB. */
  static final int LONGEST = 1 << 22;

  /** The most instructions: each can make an object of 100 bytes. */
  static final int MOST_INSTRUCTIONS = 1 << 19;

  static final Object NONE = new Object();

  private static final Object MARK = new Object();
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_NUMBER = 16;
  private static final int NEWEST_PROTOCOL = 5;

  /** A class or a function, by name. */
  record Global(String module, String name) {
    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** What a program's names, calls and references mean. */
  interface Calls {
    /** Calls a function or constructor, which is a {@link Global} or was made by a call. */
    Object call(Object function, List<?> arguments, long offset) throws Malformed;

    /** Gives something that was made by a call its state. */
    void build(Object made, Object state, long offset) throws Malformed;

    /** Returns something the program refers to that lies outside it. */
    Object persistent(Object id, long offset) throws Malformed;
  }

  private final Cursor code;
  private final Calls calls;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private final long begin;
  private long bytes;

  private Pickle(Cursor code, Calls calls) {
    this.code = code;
    this.calls = calls;
    this.begin = code.position();
  }

  /** Returns whether a file begins with the protocol of a pickle. */
  static boolean recognizes(byte[] first) {
    return first[0] == (byte) 0x80 && first[1] >= 2 && first[1] <= NEWEST_PROTOCOL;
  }

  /** Runs a program and moves the cursor past it. */
  static Object load(Cursor file, Calls calls) throws Malformed {
    return new Pickle(file, calls).run();
  }

  private Object run() throws Malformed {
    for (int i = 0; i < MOST_INSTRUCTIONS; i++) {
      if (code.position() - begin - bytes > LONGEST) {
        throw code.malformed("The pickle does not end within " + LONGEST + " bytes.");
      }
      int instruction = code.octet();
      if (instruction == '.') {
        return pop();
      }
      step((char) instruction);
    }
    throw code.malformed("The pickle has more than " + MOST_INSTRUCTIONS + " instructions.");
  }

  private void step(char instruction) throws Malformed {
    switch (instruction) {
      case 0x80 -> protocol();
      case 0x95 -> code.skip(8); // a frame's length is not needed
      case '(' -> stack.add(MARK);
      case '0' -> pop();
      case 'N' -> stack.add(NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'K' -> stack.add((long) code.octet());
      case 'M' -> stack.add((long) code.unsigned16());
      case 'J' -> stack.add((long) code.signed32());
      case 0x8a -> stack.add(number(code.octet()));
      case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(code.signed64())));
      case 'U' -> stack.add(code.latin(code.octet())); // text of Python 2, or bytes
      case 0x8c -> stack.add(code.text(code.octet()));
      case 'X' -> stack.add(code.text(code.unsigned32()));
      case 0x8d -> stack.add(code.text(code.signed64()));
      case 'C' -> stack.add(bytes(code.octet()));
      case 'B', 'T' -> stack.add(bytes(code.unsigned32()));
      case 0x8e, 0x96 -> stack.add(bytes(code.signed64()));
      case ')', ']', 0x8f -> stack.add(new ArrayList<>(0));
      case '}' -> stack.add(new LinkedHashMap<>(2));
      case 0x85 -> stack.add(last(1));
      case 0x86 -> stack.add(last(2));
      case 0x87 -> stack.add(last(3));
      case 't', 'l', 0x91 -> stack.add(sinceMark());
      case '1' -> sinceMark();
      case 'a' -> append(last(1));
      case 'e', 0x90 -> append(sinceMark());
      case 's' -> put(last(2));
      case 'u' -> put(sinceMark());
      case 'q' -> memo.put((long) code.octet(), top());
      case 'r' -> memo.put(code.unsigned32(), top());
      case 0x94 -> memo.put((long) memo.size(), top());
      case 'h' -> stack.add(remembered(code.octet()));
      case 'j' -> stack.add(remembered(code.unsigned32()));
      case 'c' -> global(code.line('\n', LONGEST_NAME), code.line('\n', LONGEST_NAME));
      case 0x93 -> stackGlobal();
      case 'R', 0x81 -> call();
      case 0x92 -> {
        pop(); // arguments by name
        call();
      }
      case 'b' -> {
        Object state = pop();
        calls.build(top(), state, code.position());
      }
      case 'Q' -> stack.add(calls.persistent(pop(), code.position()));
      default ->
          throw code.malformed(
              "The pickle uses instruction 0x"
                  + Integer.toHexString(instruction)
                  + ", which weights do not need. Save the state_dict again with a newer PyTorch.");
    }
  }

  private void protocol() throws Malformed {
    int version = code.octet();
    if (version > NEWEST_PROTOCOL) {
      throw code.malformed(
          "The pickle protocol is "
              + version
              + "; protocols up to "
              + NEWEST_PROTOCOL
              + " can be read.");
    }
  }

  /** Returns bytes in place: the file may be little else. */
  private Cursor bytes(long length) throws Malformed {
    Cursor content = code.next(length);
    bytes += length;
    return content;
  }

  private Object number(int length) throws Malformed {
    if (length > LONGEST_NUMBER) {
      throw code.malformed("An integer has " + length + " bytes.");
    }
    byte[] bytes = code.bytes(length);
    if (length == 0) {
      return 0L;
    }
    for (int i = 0; i < length / 2; i++) {
      byte other = bytes[length - 1 - i];
      bytes[length - 1 - i] = bytes[i];
      bytes[i] = other;
    }
    BigInteger number = new BigInteger(bytes);
    return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
  }

  private void stackGlobal() throws Malformed {
    List<Object> names = last(2);
    if (!(names.get(0) instanceof String module) || !(names.get(1) instanceof String name)) {
      throw code.malformed("The name of a class is not text.");
    }
    global(module, name);
  }

  private void global(String module, String name) throws Malformed {
    Global global = new Global(module, name);
    HarmfulCalls.refuse(global, code);
    stack.add(global);
  }

  private void call() throws Malformed {
    List<Object> both = last(2);
    Object function = both.get(0);
    boolean callable = function instanceof Global || function instanceof InertObject;
    if (!callable || !(both.get(1) instanceof List<?> arguments)) {
      throw code.malformed("The pickle is damaged: it calls something that is not a function.");
    }
    stack.add(calls.call(function, arguments, code.position()));
  }

  @SuppressWarnings("unchecked") // the machine's lists hold any object
  private void append(List<Object> items) throws Malformed {
    if (top() instanceof InertObject) {
      return; // a list of some class
    }
    if (!(top() instanceof ArrayList<?> list)) {
      throw code.malformed("The pickle is damaged: it appends to something that is not a list.");
    }
    ((ArrayList<Object>) list).addAll(items);
  }

  @SuppressWarnings("unchecked") // the machine's maps hold any object
  private void put(List<Object> items) throws Malformed {
    Object target = top() instanceof InertObject object ? object.items() : top();
    if (!(target instanceof LinkedHashMap<?, ?> map) || items.size() % 2 != 0) {
      throw code.malformed(
          "The pickle is damaged: it puts keys into something that is not a dictionary.");
    }
    for (int i = 0; i < items.size(); i += 2) {
      // tensors have names; a list used as a key could contain itself
      if (items.get(i) instanceof String || items.get(i) instanceof Long) {
        ((LinkedHashMap<Object, Object>) map).put(items.get(i), items.get(i + 1));
      }
    }
  }

  private Object remembered(long index) throws Malformed {
    Object value = memo.get(index);
    if (value == null) {
      throw code.malformed(
          "The pickle is damaged: it recalls memo " + index + ", which was not stored.");
    }
    return value;
  }

  private Object top() throws Malformed {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw code.malformed("The pickle is damaged: its stack is empty.");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws Malformed {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> last(int count) throws Malformed {
    List<Object> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      values.add(pop());
    }
    Collections.reverse(values);
    return values;
  }

  private List<Object> sinceMark() throws Malformed {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw code.malformed("The pickle is damaged: its stack has no mark.");
    }
    List<Object> above = stack.subList(mark + 1, stack.size());
    List<Object> values = new ArrayList<>(above);
    above.clear();
    stack.remove(mark);
    return values;
  }
}
