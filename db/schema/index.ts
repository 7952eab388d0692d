export * from './audit';
export * from './base';
export * from './connections';
export * from './consent';
export * from './environments';
export * from './notifications';
export * from './people';
