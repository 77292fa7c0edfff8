// SPDX-License-Identifier: MIT

import Foundation

extension Generator where Value == Data {
  /// Bytes whose number is in `count`.
  public static func data(count: ClosedRange<Int> = 0...100) -> Generator {
    Generator<UInt8>.integer().array(count: count).map { Data($0) }
  }
}

extension Generator where Value == Date {
  /// Instants in `range`, in whole milliseconds; by default from year 1 to the end of 9999.
  ///
  /// The simplest is the one nearest to the beginning of 2001 (UTC). Those around leap days, the ends of years, and overflows of
  /// 32-bit counters come more often than by chance.
  public static func date(in range: ClosedRange<Date> = earliest...latest) -> Generator {
    let (first, last) = (milliseconds(range.lowerBound, .up), milliseconds(range.upperBound, .down))
    let interval = first...Swift.max(first, last)
    return Generator { tape in
      let count = tape.choose(in: interval, simplest: 0) { proposal in
        guard proposal.random.integer(in: 0...3) == 0 else {
          return proposal.varied(in: interval, around: Choice.clamp(0, interval))
        }
        let seconds = proposal.random.element(of: remarkable) + proposal.random.integer(in: -1...1)
        return 1_000 * seconds
      }
      return Date(timeIntervalSinceReferenceDate: Double(count) / 1_000)
    }
  }

  /// The beginning of year 1 (UTC).
  public static var earliest: Date { Date(timeIntervalSinceReferenceDate: -63_114_076_800) }
  /// The end of the year 9999 (UTC).
  public static var latest: Date { Date(timeIntervalSinceReferenceDate: 252_423_993_599) }

  private static func milliseconds(_ date: Date, _ rule: FloatingPointRoundingRule) -> Int {
    Int((Swift.min(Swift.max(date, earliest), latest).timeIntervalSinceReferenceDate * 1_000).rounded(rule))
  }

  /// Seconds from the beginning of 2001: 1970, 2000-02-29, 2004-02-29, 1900-02-28, the ends of 1999 and 2016 (a leap second),
  /// 2038-01-19 and 2106-02-07 (32-bit counters), 1582-10-15 (the calendar's reform), a change to summer time.
  private static let remarkable = [
    -978_307_200, -26_524_800, 99_705_600, -3_182_025_600, -31_622_400, 504_921_600, 1_169_176_447, 3_316_660_095,
    -13_197_600_000, 700_794_000,
  ]
}

extension Generator where Value == Duration {
  /// Durations in `range`, in whole seconds, which are the simplest, milliseconds, … or attoseconds; by default up to a year either way.
  public static func duration(in range: ClosedRange<Duration> = .seconds(-31_536_000)...(.seconds(31_536_000)))
    -> Generator
  {
    let units: [Int64] = [1, 1_000, 1_000_000, 1_000_000_000, 1_000_000_000_000_000_000]
    return Generator { tape in
      let unit = units[tape.choose(in: 0...4, simplest: 0) { [0, 0, 1, 2, 3, 3, 4][$0.random.integer(in: 0...6)] }]
      let parts = try Generator<Int64>.integer(in: 0...(unit - 1))(&tape)
      let seconds = try Generator<Int64>.integer(
        in: range.lowerBound.components.seconds...range.upperBound.components.seconds)(&tape)
      let value = Duration(
        secondsComponent: seconds, attosecondsComponent: parts * (1_000_000_000_000_000_000 / unit))
      return Swift.min(Swift.max(value, range.lowerBound), range.upperBound)
    }.spanned(ChoiceTape.Span.variant)
  }
}

extension Generator where Value == UUID {
  /// Any 128 bits; all zeros are the simplest.
  public static var uuid: Generator {
    Generator<UInt8>.integer().array(count: 16).map { NSUUID(uuidBytes: $0) as UUID }
  }
}

extension Generator where Value == URL {
  /// Addresses with a scheme, a host, and perhaps a port, a path, a query, and a fragment; "https://a" is the simplest.
  public static var url: Generator {
    let label = Generator<String>.string(of: "abcdefghijklmnopqrstuvwxyz0123456789", count: 1...12)
    let text = Generator<String>.string(count: 0...12)
    return Generator { tape in
      var parts = URLComponents()
      parts.scheme = try Generator<String>.element(of: ["https", "http", "ftp", "ws"])(&tape)
      parts.host = try label.array(count: 1...3)(&tape).joined(separator: ".")
      parts.port = try Generator<Int>.int(in: 1...65_535).optional(&tape)
      let path = try text.array(count: 0...4)(&tape)
      parts.path = path.map { "/" + $0.replacing("/", with: "") }.joined()
      let query = try Generator<(String, String)>.pair(text, text).array(count: 0...3)(&tape)
      if !query.isEmpty { parts.queryItems = query.map { URLQueryItem(name: $0, value: $1) } }
      parts.fragment = try text.optional(&tape)
      guard let url = parts.url else { throw Rejection("no address can be made of these parts") }
      return url
    }
  }
}
