// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation

@testable import Datasets

/// Files of this checkout.
enum Fixture {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../fixtures"
  )
  .standardizedFileURL.path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  /// The bytes of a file of `fixtures/formats`, not inflated.
  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path("formats/" + name))))
  }

  /// What `formats/make.py` puts into its arrays: 3i − 7, halved for floating point, modulo 256 for bytes.
  static func values(_ count: Int, type: String) -> [Double] {
    (0..<count).map { place in
      let number = Double(3 * place - 7)
      return type.hasPrefix("f") ? number / 2 : type == "u1" && number < 0 ? number + 256 : number
    }
  }

  /// The error that `body` throws; nil where it throws none or another type.
  static func error<Failure: Error>(_ type: Failure.Type, _ body: () throws -> some Any) -> Failure? {
    do {
      _ = try body()
      return nil
    } catch { return error as? Failure }
  }
}
