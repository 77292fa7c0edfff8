// SPDX-License-Identifier: MIT

import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Writes the replay lines of the running cases when a signal is about to end the process.
///
/// Everything it needs is there before: a signal may come while memory is being allocated.
enum CrashHandler {
  // Unsafe: a signal handler may take no lock. All three are written once, by the one caller that makes the file of cases, before the
  // handler is there; `text` is then written by the thread that the signal ends.
  nonisolated(unsafe) static var cases: UnsafeMutableRawPointer?
  nonisolated(unsafe) static var text = UnsafeMutablePointer<UInt8>.allocate(capacity: 16 * ChoiceTape.limit + 4_096)
  nonisolated(unsafe) static var earlier = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)
  static let signals = [SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGBUS, SIGSEGV]

  static func install(_ memory: UnsafeMutableRawPointer) {
    guard cases == nil else { return }
    cases = memory
    // The first call makes what is made only once.
    _ = line(of: memory)
    for signal in signals {
      var action = sigaction()
      sigemptyset(&action.sa_mask)
      action.sa_flags = Int32(SA_ONSTACK) | Int32(SA_SIGINFO)
      #if canImport(Glibc) || canImport(Musl)
        action.__sigaction_handler.sa_sigaction = { signal, info, _ in CrashHandler.handle(signal, info) }
      #else
        action.__sigaction_u.__sa_sigaction = { signal, info, _ in CrashHandler.handle(signal, info) }
      #endif
      sigaction(signal, &action, earlier + Int(signal))
    }
  }

  static func handle(_ signal: Int32, _ info: UnsafeMutablePointer<siginfo_t>?) {
    if signal == SIGSEGV || signal == SIGBUS, let address = faultAddress(info), ThreadStack.isBelow(address) {
      var end = 0
      put("\nFatal error: the stack overflowed: a recursion without end, or one that is too deep\n", &end)
      _ = write(2, text, end)
    }
    if let cases {
      for slot in 0..<64 {
        let memory = cases + slot * CaseFile.slotSize
        if memory.load(as: Int.self) > 0 { _ = write(2, text, line(of: memory)) }
      }
    }
    // Whoever was told before is told now.
    sigaction(signal, earlier + Int(signal), nil)
    raise(signal)
  }

  /// Gives this thread a stack for signals, as on its own there may be no room left.
  static func prepareThread() { ThreadStack.prepare() }

  private static func faultAddress(_ info: UnsafeMutablePointer<siginfo_t>?) -> UInt? {
    #if canImport(Glibc)
      return info.map { UInt(bitPattern: $0.pointee._sifields._sigfault.si_addr) }
    #elseif canImport(Musl)
      return nil
    #else
      return info.map { UInt(bitPattern: $0.pointee.si_addr) }
    #endif
  }

  /// Writes the line of a slot to `text`; the number of its bytes.
  static func line(of slot: UnsafeMutableRawPointer) -> Int {
    var end = 0
    put("\nA property trapped; to run the case again, replay: u1:", &end)
    let start = end
    let name = slot + CaseFile.nameOffset
    for index in 0..<max(0, min(CaseFile.nameLength, name.load(as: Int.self))) {
      put((name + 8 + index).load(as: UInt8.self), &end)
    }
    put(0x3A, &end)
    var (bits, width) = (UInt32(0), 0)
    for index in 0..<max(0, min(ChoiceTape.limit, (slot + 8).load(as: Int.self))) {
      let value = (slot + CaseFile.valuesOffset + 8 * index).load(as: Int.self)
      var rest = UInt(bitPattern: (value << 1) ^ (value >> 63))
      repeat {
        let byte = UInt32(rest & 0x7F) | (rest > 0x7F ? 0x80 : 0)
        rest >>= 7
        (bits, width) = (bits << 8 | byte, width + 8)
        while width >= 6 {
          width -= 6
          put(digit((bits >> UInt32(width)) & 63), &end)
        }
        bits &= 0xFF
      } while rest > 0
    }
    if width > 0 { put(digit((bits << UInt32(6 - width)) & 63), &end) }
    var hash = UInt32(2_166_136_261)
    for index in start..<end { hash = (hash ^ UInt32(text[index])) &* 16_777_619 }
    put(0x3A, &end)
    for shift in 0..<8 {
      let half = UInt8((hash >> UInt32(28 - 4 * shift)) & 15)
      put(half < 10 ? 48 + half : 87 + half, &end)
    }
    put(10, &end)
    return end
  }

  private static func put(_ byte: UInt8, _ end: inout Int) {
    text[end] = byte
    end += 1
  }

  private static func put(_ string: StaticString, _ end: inout Int) {
    for index in 0..<string.utf8CodeUnitCount { put(string.utf8Start[index], &end) }
  }

  /// A digit of base64 for addresses.
  private static func digit(_ value: UInt32) -> UInt8 {
    let value = UInt8(value)
    return value < 26 ? 65 + value : value < 52 ? 71 + value : value < 62 ? value - 4 : value == 62 ? 45 : 95
  }
}
