import Foundation

/// A folder in which failing cases are kept, a file a property, a replay line a case; they are tried first the next time.
public struct ExampleStore: Sendable {
  /// The folder; made when the first case is saved.
  public let folder: URL

  /// A store in `folder`.
  public init(_ folder: URL) { self.folder = folder }

  /// The cases kept for the property `name`, and a warning where a file or lines in it could not be read.
  ///
  /// What is damaged or of another version is left out: a store never makes a check fail.
  public func load(_ name: String) -> (cases: [ReplayLine], warning: String?) {
    let file = file(name)
    guard FileManager.default.fileExists(atPath: file.path) else { return ([], nil) }
    guard let text = try? String(contentsOf: file, encoding: .utf8) else {
      return ([], "\(file.path): cannot be read as text and is ignored")
    }
    let lines = text.split(whereSeparator: \.isNewline).filter { !$0.hasPrefix("#") }
    let cases = lines.compactMap { try? ReplayLine(parsing: String($0)) }.filter { $0.name == name }
    let damaged = lines.count - cases.count
    return (cases, damaged == 0 ? nil : "\(file.path): \(damaged) damaged or foreign lines are ignored")
  }

  /// Keeps a case, unless it is there; the file is replaced as a whole, so that it is never half-written.
  ///
  /// - Throws: where the folder or the file cannot be written.
  public func save(_ line: ReplayLine) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let known = load(line.name).cases
    guard !known.contains(line) else { return }
    let text = (known + [line]).map { "\($0)\n" }.joined()
    try Data(text.utf8).write(to: file(line.name), options: .atomic)
  }

  private func file(_ name: String) -> URL {
    let safe = name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" }
    return folder.appendingPathComponent(String(safe) + ".examples")
  }
}
