// What V8 has and TypeScript's ESNext library lacks goes here.
