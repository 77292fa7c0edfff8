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
      memory.storeBytes(of: number &+ 1, toByteOffset: CaseFile.numberOffset, as: Int.self)
      memory.storeBytes(of: 0, toByteOffset: 8, as: Int.self)
      memory.storeBytes(of: 1, as: Int.self)
    }

    /// The value is made, and the property runs on it.
    @inline(__always) func resume() { memory.storeBytes(of: 2, as: Int.self) }

    /// The case has ended.
    @inline(__always) func end() { memory.storeBytes(of: 0, as: Int.self) }

    /// 0 where no case runs, 1 where its value is being made, 2 where the property runs on it.
    var state: Int { memory.load(as: Int.self) }
    /// The number of choices drawn.
    var drawn: Int { memory.load(fromByteOffset: 8, as: Int.self) }
    /// Tells a case from the one before.
    @inline(__always) var number: Int { memory.load(fromByteOffset: CaseFile.numberOffset, as: Int.self) }
    /// How long a case of the property may take; nil for as long as it likes.
    var limit: Duration? {
      let nanoseconds = memory.load(fromByteOffset: CaseFile.limitOffset, as: Int.self)
      return nanoseconds > 0 ? .nanoseconds(nanoseconds) : nil
    }
    /// The name of the property.
    var property: String {
      let start = memory + CaseFile.nameOffset
      let count = max(0, min(CaseFile.nameLength, start.load(as: Int.self)))
      return String(decoding: UnsafeRawBufferPointer(start: start + 8, count: count), as: UTF8.self)
    }
    /// The choices drawn so far.
    var values: [Int] {
      (0..<max(0, min(ChoiceTape.limit, drawn))).map {
        memory.load(fromByteOffset: CaseFile.valuesOffset + 8 * $0, as: Int.self)
      }
    }

    fileprivate func limit(_ limit: Duration?) {
      let nanoseconds = limit.map { max(1, Int(min($0, .seconds(1_000_000_000)) / .nanoseconds(1))) } ?? 0
      memory.storeBytes(of: nanoseconds, toByteOffset: CaseFile.limitOffset, as: Int.self)
    }

    fileprivate func name(_ text: String, at offset: Int, limit: Int) {
      let bytes = Array(text.utf8.prefix(limit))
      memory.storeBytes(of: bytes.count, toByteOffset: offset, as: Int.self)
      (memory + offset + 8).copyMemory(from: bytes, byteCount: bytes.count)
    }
  }

  static let nameOffset = 16
  static let nameLength = 472
  static let limitOffset = 496
  static let numberOffset = 504
  static let folderOffset = 512
  static let valuesOffset = 2_048
  static let slotSize = 2_048 + 8 * ChoiceTape.limit
  static let slots = 64

  private let memory: Memory
  private let free: Mutex<[Int]>

  /// The file of this process in `folder`, or memory alone where it cannot be made.
  ///
  /// - Parameters:
  ///   - speaks: whether a signal has the replay lines written to standard error, and cases that do not end are ended.
  ///   - patience: how long a generator may go without a draw.
  package init(_ folder: URL?, speaks: Bool = true, patience: Duration = StuckCases.patience) {
    memory = Memory(folder)
    free = Mutex(Array(0..<CaseFile.slots))
    if speaks {
      CrashHandler.install(memory.start)
      StuckCases.watch(memory.start, patience: patience)
    }
  }

  /// The slot for a property, until it is given back; nil where all are taken.
  func slot(_ property: String, store: URL?, limit: Duration? = nil) -> Slot? {
    CrashHandler.prepareThread()
    guard let number = free.withLock({ $0.popLast() }) else { return nil }
    let slot = Slot(memory: memory.start + number * CaseFile.slotSize)
    slot.end()
    slot.limit(limit)
    slot.name(property, at: CaseFile.nameOffset, limit: CaseFile.nameLength)
    slot.name(store?.path ?? "", at: CaseFile.folderOffset, limit: 1_500)
    return slot
  }

  /// Gives this thread a place to speak from when its stack overflows; called where a case goes on.
  package static func prepareThread() { CrashHandler.prepareThread() }

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
