// What the core sees when it asks for "vscode": a module without a single export.
export {};
