// SPDX-License-Identifier: MIT

import Foundation

/// Looks after the running cases, on a thread of its own: whoever waits is told for what, and what cannot end is ended.
///
/// A generator that neither draws nor returns is a loop without end, since nothing that it waits for can come; so is a case that takes
/// ten times the limit of its property. Both end the process, with the replay line, as a trap would. A property without a limit may
/// take as long as it likes.
package struct StuckCases {
  /// How long a generator may go without a draw, and a case without a word.
  package static let patience = Duration.seconds(60)

  /// What is seen of a slot: it stays the same as long as the same case has drawn no more.
  private struct Sight: Equatable {
    let state, number, drawn: Int
  }

  private let memory: UnsafeMutableRawPointer
  private let patience: Duration
  private let pause: Duration
  /// How often the same was seen: looks are counted, not time, as a process that was stopped for an hour is not stuck.
  private var sights: [(sight: Sight, looks: Int)] = []

  private init(_ memory: UnsafeMutableRawPointer, _ patience: Duration) {
    (self.memory, self.patience, pause) = (memory, patience, patience / 60)
    sights = (0..<CaseFile.slots).map { (StuckCases.sight(memory, $0), 0) }
  }

  /// Watches the slots at `memory`, which lives as long as the process does.
  static func watch(_ memory: UnsafeMutableRawPointer, patience: Duration) {
    let start = UInt(bitPattern: memory)
    Thread.detachNewThread {
      guard let memory = UnsafeMutableRawPointer(bitPattern: start) else { return }
      var watch = StuckCases(memory, patience)
      while true {
        Thread.sleep(forTimeInterval: watch.pause / .seconds(1))
        watch.look()
      }
    }
  }

  // Unsafe: these words are read while the threads of the cases write them. Each is aligned and so read whole, and a look that falls
  // between two writes sees another case than the look before, which does no harm.
  private static func sight(_ memory: UnsafeMutableRawPointer, _ slot: Int) -> Sight {
    let slot = CaseFile.Slot(memory: memory + slot * CaseFile.slotSize)
    return Sight(state: slot.state, number: slot.number, drawn: slot.drawn)
  }

  private mutating func look() {
    for place in sights.indices {
      let sight = StuckCases.sight(memory, place)
      guard sight == sights[place].sight else {
        sights[place] = (sight, 0)
        continue
      }
      sights[place].looks += 1
      let (looks, waited) = (sights[place].looks, pause * sights[place].looks)
      let slot = CaseFile.Slot(memory: memory + place * CaseFile.slotSize)
      if sight.state == 1, waited >= patience {
        StuckCases.end("the generator of \(slot.property) neither draws nor returns")
      }
      guard sight.state == 2 else { continue }
      if let limit = slot.limit {
        if waited >= max(limit * 10, patience / 6) {
          StuckCases.end("a case of \(slot.property) does not end; its limit is \(limit)")
        }
      } else if looks == 60 {
        let line = ReplayLine(name: slot.property, values: slot.values)
        StuckCases.say(
          "A case of \(slot.property) has been running for \(patience); a caseLimit would end it; replay: \(line)")
      }
    }
  }

  /// Ends the process; the replay lines of what runs are said by ``CrashHandler``.
  private static func end(_ reason: String) -> Never {
    say("Fatal error: \(reason)")
    abort()
  }

  private static func say(_ text: String) { FileHandle.standardError.write(Data("\n\(text)\n".utf8)) }
}
