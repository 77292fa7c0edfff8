// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import PropertyTesting

/// A wrong program, and the property that shows it.
struct Bug: Sendable {
  let name: String
  /// Looks for a failure under a seed: the number of the case, the written value and its length.
  let find: @Sendable (UInt64) async -> (cases: Int, value: String)?

  init<Value>(
    _ name: String, _ generator: Generator<Value>, show: @escaping @Sendable (Value) -> String = { "\($0)" },
    holds: @escaping @Sendable (Value) throws -> Bool
  ) {
    self.name = name
    let property = Property(name, generator) { value, _ in try holds(value) }
    find = { seed in
      let report = await property.check(CheckSettings(cases: 10_000, seed: seed))
      guard let found = report.counterexample, let index = found.firstCase else { return nil }
      return (index + 1, show(found.value))
    }
  }

  private static let item = Generator<(Int, Int)>.pair(.int(in: 0...100), .int(in: 0...100))
  private static let items = item.array(count: 0...20)
  private static let sorted = Generator.int(in: 0...100).array(count: 0...20).map { $0.sorted() }
  private static let steps = Generator<(Int, Int)>.pair(.uniform(in: 0...1), .uniform(in: 0...4)).array(count: 0...30)
  private static let years = Generator<(Int, Int)>.pair(.int(in: 1...9_999, towards: 1), .int(in: 1...12))

  static let all: [Bug] =
    (1...3).map { bug in
      Bug(
        "search tree, insert \(bug)",
        Generator<([(Int, Int)], Int, Int)>.zip(items, .int(in: 0...100), .int(in: 0...100))
      ) {
        items, key, value in
        var expected = Dictionary(items) { $1 }
        expected[key] = value
        return isSame(SearchTree(items).inserting(key, value, bug: bug).items, expected)
      }
    }
    + (4...5).map { bug in
      Bug("search tree, delete \(bug)", Generator<([(Int, Int)], Int)>.zip(items, .int(in: 0...100))) { items, key in
        var expected = Dictionary(items) { $1 }
        expected[key] = nil
        return isSame(SearchTree(items).deleting(key, bug: bug).items, expected)
      }
    }
    + (6...8).map { bug in
      Bug("search tree, union \(bug)", Generator<([(Int, Int)], [(Int, Int)])>.zip(items, items)) { a, b in
        let expected = Dictionary(a) { $1 }.merging(Dictionary(b) { $1 }) { own, _ in own }
        let found = SearchTree(a).united(SearchTree(b), bug: bug).items
        return isSame(found, expected) && zip(found, found.dropFirst()).allSatisfy { $0.0 < $1.0 }
      }
    }
    + (1...2).map { bug in
      Bug("λ-calculus, substitution \(bug)", Term.kinds(2).flatMap { Term.terms($0) }) { term in
        guard let next = term.step(bug: bug) else { return true }
        return next.kind() == term.kind()
      }
    } + [
      Bug("sorted list, insert", Generator<([Int], Int)>.zip(sorted, .int(in: 0...100))) { list, value in
        // Wrong: an equal element is replaced.
        let found = list.filter { $0 < value } + [value] + list.filter { $0 > value }
        return found.count == list.count + 1
      },
      Bug("sorted lists, merge", Generator<([Int], [Int])>.zip(sorted, sorted)) { a, b in
        var (i, j, merged) = (0, 0, [Int]())
        while i < a.count, j < b.count {
          if a[i] <= b[j] {
            merged.append(a[i])
            i += 1
          } else {
            merged.append(b[j])
            j += 1
          }
        }
        // Wrong: what is left of the second is forgotten where the first ended.
        merged += i < a.count ? a[i...] : b[j...].dropFirst(j > 0 ? 1 : 0)
        return merged == (a + b).sorted()
      },
      Bug(
        "Unicode, normal form of a sum",
        Generator<(String, String)>.zip(.string(count: 0...10), .string(count: 0...10)),
        show: { scalars($0.0) + scalars($0.1) }
      ) { a, b in
        let sum = (a + b).precomposedStringWithCanonicalMapping
        let parts = a.precomposedStringWithCanonicalMapping + b.precomposedStringWithCanonicalMapping
        return Array(sum.unicodeScalars) == Array(parts.unicodeScalars)
      },
      Bug("Unicode, length of upper case", Generator<String>.string(count: 0...10), show: scalars) { text in
        text.uppercased().unicodeScalars.count == text.unicodeScalars.count
      },
      Bug("date, leap years of centuries", years) { year, month in
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        let wrong = [31, year % 4 == 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return days[month - 1] == wrong[month - 1]
      },
      Bug(
        "date, a month later",
        Generator<(Int, Int, Int)>.zip(.int(in: 1...9_999, towards: 1), .int(in: 1...12), .int(in: 1...28))
      ) {
        year, month, day in
        // Wrong: December is followed by month 0 of the same year.
        let (nextYear, nextMonth) = (year + (month + 1) / 13, (month + 1) % 13)
        return nextMonth >= 1 && 12 * nextYear + nextMonth == 12 * year + month + 1
      },
      Bug("JSON, a string", Generator<String>.string(count: 0...20), show: scalars) { text in
        // Wrong: a backslash is not escaped.
        let escaped = text.unicodeScalars.map { scalar -> String in
          scalar == "\"" ? "\\\"" : scalar.value < 32 ? "\\u" + hex(scalar.value) : String(scalar)
        }.joined()
        let read = try? JSONSerialization.jsonObject(with: Data("\"\(escaped)\"".utf8), options: .fragmentsAllowed)
        return (read as? String).map { Array($0.unicodeScalars) == Array(text.unicodeScalars) } ?? false
      },
      Bug("JSON, a number", Generator.int()) { number in Int(exactly: Double(number)) == number },
      Bug("cache, least recently used", steps) { steps in
        // Two places; wrong: reading does not make a key recent.
        var (wrong, right) = ([Int](), [Int]())
        for (kind, key) in steps {
          if kind == 0 {
            let (found, expected) = (wrong.contains(key), right.contains(key))
            if expected { right = right.filter { $0 != key } + [key] }
            if found != expected { return false }
          } else {
            wrong = Array((wrong.filter { $0 != key } + [key]).suffix(2))
            right = Array((right.filter { $0 != key } + [key]).suffix(2))
          }
        }
        return true
      },
      Bug("ring buffer, full or empty", steps) { steps in
        // Room for four, in a ring of four places.
        var (model, first, end) = ([Int](), 0, 0)
        for (kind, value) in steps {
          if kind == 1, model.count < 4 {
            model.append(value)
            end = (end + 1) % 4
          } else if kind == 0, !model.isEmpty {
            model.removeFirst()
            first = (first + 1) % 4
          }
          if (end - first + 4) % 4 != model.count { return false }
        }
        return true
      },
    ]

  private static let scalars: @Sendable (String) -> String = { text in
    text.unicodeScalars.map { hex($0.value) }.joined(separator: " ")
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
