// SPDX-License-Identifier: MIT

import Foundation
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The cases that run now, in a file that is mapped into memory: whatever ends the process, they are on disk.
///
/// A signal that a trap sends has their replay lines written to standard error. The next process that uses the folder finds
/// what was left.
package final class CaseFile: Sendable {
  /// A place for one running case.
  struct Slot: @unchecked Sendable {
    let memory: UnsafeMutableRawPointer

    /// The choices drawn so far; each is written before the generator sees it.
    @inline(__always) func draw(_ value: Int, at place: Int) {
      memory.storeBytes(of: value, toByteOffset: CaseFile.valuesOffset + 8 * place, as: Int.self)
      memory.storeBytes(of: place + 1, toByteOffset: 8, as: Int.self)
    }

    /// A case begins: no choice is drawn yet.
    @inline(__always) func begin() {
      memory.storeBytes(of: 0, toByteOffset: 8, as: Int.self)
      memory.storeBytes(of: 1, as: Int.self)
    }

    /// The value is made, and the property runs on it.
    @inline(__always) func resume() { memory.storeBytes(of: 2, as: Int.self) }

    /// The case has ended.
    @inline(__always) func end() { memory.storeBytes(of: 0, as: Int.self) }

    fileprivate func name(_ text: String, at offset: Int, limit: Int) {
      let bytes = Array(text.utf8.prefix(limit))
      memory.storeBytes(of: bytes.count, toByteOffset: offset, as: Int.self)
      (memory + offset + 8).copyMemory(from: bytes, byteCount: bytes.count)
    }
  }

  static let nameOffset = 16
  static let folderOffset = 512
  static let valuesOffset = 2_048
  static let slotSize = 2_048 + 8 * ChoiceTape.limit
  static let slots = 64

  private let memory: Memory
  private let free: Mutex<[Int]>

  /// The file of this process in `folder`, or memory alone where it cannot be made.
  ///
  /// - Parameter speaks: whether a signal has the replay lines written to standard error.
  package init(_ folder: URL?, speaks: Bool = true) {
    memory = Memory(folder)
    free = Mutex(Array(0..<CaseFile.slots))
    if speaks { CrashHandler.install(memory.start) }
  }

  /// The slot for a property, until it is given back; nil where all are taken.
  func slot(_ property: String, store: URL?) -> Slot? {
    guard let number = free.withLock({ $0.popLast() }) else { return nil }
    let slot = Slot(memory: memory.start + number * CaseFile.slotSize)
    slot.end()
    slot.name(property, at: CaseFile.nameOffset, limit: 480)
    slot.name(store?.path ?? "", at: CaseFile.folderOffset, limit: 1_500)
    return slot
  }

  func giveBack(_ slot: Slot) {
    slot.end()
    free.withLock { $0.append((slot.memory - memory.start) / CaseFile.slotSize) }
  }

  /// What processes that are over have left in `folder`: the cases in which they ended, and the stores of their properties.
  ///
  /// Each is kept in its store, so that it is tried first.
  package static func collect(_ folder: URL) -> [ReplayLine] {
    let files = (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? []
    return files.filter { $0.pathExtension == "running" }.flatMap { file -> [ReplayLine] in
      let descriptor = open(file.path, O_RDWR)
      guard descriptor >= 0 else { return [] }
      defer { close(descriptor) }
      // Its process holds the lock as long as it lives.
      guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return [] }
      let data = (try? Data(contentsOf: file)) ?? Data()
      try? FileManager.default.removeItem(at: file)
      return (0..<slots).compactMap { left(data, at: $0 * slotSize) }
    }
  }

  /// The choices of the case that ended the process of `file`, and whether its generator had not made the value yet.
  package static func trapped(_ file: URL) -> (values: [Int], inGenerator: Bool)? {
    guard let data = try? Data(contentsOf: file) else { return nil }
    for start in stride(from: 0, to: data.count - slotSize + 1, by: slotSize) {
      let state = data.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: start, as: Int.self) }
      if state > 0, let line = left(data, at: start) { return (line.values, state == 1) }
    }
    return nil
  }

  private static func left(_ data: Data, at start: Int) -> ReplayLine? {
    guard data.count >= start + slotSize else { return nil }
    return data.withUnsafeBytes { bytes -> ReplayLine? in
      func number(_ offset: Int) -> Int { bytes.loadUnaligned(fromByteOffset: start + offset, as: Int.self) }
      func text(_ offset: Int) -> String {
        String(
          decoding: bytes[(start + offset + 8)..<(start + offset + 8 + max(0, min(1_500, number(offset))))],
          as: UTF8.self)
      }
      guard number(0) == 1 || number(0) == 2, (0...ChoiceTape.limit).contains(number(8)), !text(nameOffset).isEmpty
      else { return nil }
      let line = ReplayLine(name: text(nameOffset), values: (0..<number(8)).map { number(valuesOffset + 8 * $0) })
      let folder = text(folderOffset)
      if !folder.isEmpty { try? ExampleStore(URL(fileURLWithPath: folder)).save(line) }
      return line
    }
  }

  /// The mapped memory, for as long as the process lives.
  private struct Memory: @unchecked Sendable {
    let start: UnsafeMutableRawPointer

    init(_ folder: URL?) {
      let size = CaseFile.slots * CaseFile.slotSize
      let descriptor = folder.map { folder -> Int32 in
        try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return open(folder.appendingPathComponent("\(getpid()).running").path, O_RDWR | O_CREAT | O_TRUNC, 0o644)
      }
      if let descriptor, descriptor >= 0, flock(descriptor, LOCK_EX | LOCK_NB) == 0,
        ftruncate(descriptor, off_t(size)) == 0,
        let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0), memory != MAP_FAILED
      {
        // The descriptor stays open: it holds the lock.
        start = memory
      } else {
        start = .allocate(byteCount: size, alignment: 16)
        start.initializeMemory(as: UInt8.self, repeating: 0, count: size)
      }
    }
  }
}

// MARK: What a signal says

/// Writes the replay lines of the running cases when a signal is about to end the process.
///
/// Everything it needs is there before: a signal may come while memory is being allocated.
private enum CrashHandler {
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
      action.sa_flags = Int32(SA_ONSTACK)
      #if canImport(Glibc) || canImport(Musl)
        action.__sigaction_handler.sa_handler = { CrashHandler.handle($0) }
      #else
        action.__sigaction_u.__sa_handler = { CrashHandler.handle($0) }
      #endif
      sigaction(signal, &action, earlier + Int(signal))
    }
  }

  static func handle(_ signal: Int32) {
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

  /// Writes the line of a slot to `text`; the number of its bytes.
  static func line(of slot: UnsafeMutableRawPointer) -> Int {
    var end = 0
    put("\nA property trapped; to run the case again, replay: u1:", &end)
    let start = end
    let name = slot + CaseFile.nameOffset
    for index in 0..<max(0, min(480, name.load(as: Int.self))) { put((name + 8 + index).load(as: UInt8.self), &end) }
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
